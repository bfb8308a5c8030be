-- How do all rows on file become the committed total, and why does each other row not count?
-- $scope: mechanism, or related for related civilian cyber support as well. Default: mechanism.
-- $donors (list): only these donor ids; NULL for all.
WITH scoped AS (
    SELECT
        *,
        CASE
            WHEN counts THEN committed_eur
            WHEN stage_order >= 2 AND realises IS NULL THEN amount_eur
        END AS enters_eur,
        CASE
            WHEN NOT counts THEN reason
            WHEN committed_eur IS NOT NULL THEN 'committed'
            WHEN stage = 'pledge' THEN 'pledges'
            ELSE 'payments'
        END AS step
    FROM money
    WHERE scope = $scope AND ($donors IS NULL OR donor_id IN $donors)
),

steps AS (
    SELECT 0 AS step_no, 'all' AS kind, 'all' AS step, 'all_rows' AS label
    UNION ALL
    SELECT "order"::INT AS step_no, 'less' AS kind, code AS step, name AS label
    FROM ref_count_reasons
    UNION ALL
    SELECT 100 AS step_no, 'shown_separately' AS kind, 'pledges' AS step, 'pledges' AS label
    UNION ALL
    SELECT 101 AS step_no, 'shown_separately' AS kind, 'payments' AS step, 'payments' AS label
    UNION ALL
    SELECT 102 AS step_no, 'counted' AS kind, 'committed' AS step, 'committed' AS label
)

SELECT
    steps.step_no,
    steps.kind,
    steps.step AS reason,
    steps.label,
    count(scoped.contribution_id) AS rows,
    CASE WHEN steps.kind <> 'shown_separately' THEN sum(scoped.enters_eur) END AS amount_eur,
    count(scoped.contribution_id) FILTER (WHERE scoped.amount_eur IS NULL) AS rows_without_eur
FROM steps
LEFT JOIN scoped ON steps.step IN (scoped.step, 'all')
GROUP BY steps.step_no, steps.kind, steps.step, steps.label
HAVING steps.kind <> 'less' OR count(scoped.contribution_id) > 0
ORDER BY steps.step_no

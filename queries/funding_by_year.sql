-- In which year was how much pledged, committed and paid?
-- $scope: mechanism, or related for related civilian cyber support as well. Default: mechanism.
-- $donors (list): only these donor ids; NULL for all.
WITH dated AS (
    SELECT
        *,
        CASE WHEN year(first_day) = year(last_day) THEN year(first_day) END AS year
    FROM money
    WHERE scope = $scope AND counts AND ($donors IS NULL OR donor_id IN $donors)
),

staged AS (
    SELECT year, first_day, 'commitment' AS stage, committed_eur AS amount_eur
    FROM dated
    WHERE committed_eur IS NOT NULL
    UNION ALL
    SELECT year, first_day, 'disbursement' AS stage, disbursed_eur AS amount_eur
    FROM dated
    WHERE disbursed_eur IS NOT NULL
    UNION ALL
    SELECT year, first_day, 'pledge' AS stage, pledged_not_committed_eur AS amount_eur
    FROM dated
    WHERE stage = 'pledge'
),

labelled AS (
    SELECT
        staged.year,
        CASE
            WHEN staged.first_day IS NULL THEN 'no_date'
            ELSE coalesce(staged.year::VARCHAR, 'several_years')
        END AS period_label,
        staged.stage,
        ref_stages.name AS stage_name,
        ref_stages."order"::INT AS stage_order,
        staged.amount_eur
    FROM staged
    INNER JOIN ref_stages ON staged.stage = ref_stages.code
)

SELECT
    year,
    period_label,
    stage,
    stage_name,
    sum(amount_eur) AS amount_eur,
    count(*) AS rows
FROM labelled
GROUP BY year, period_label, stage, stage_name, stage_order
ORDER BY year NULLS LAST, period_label DESC, stage_order

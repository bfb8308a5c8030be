-- What have the commitments been made for?
-- $scope: mechanism, or related for related civilian cyber support as well. Default: mechanism.
-- $donors (list): only these donor ids; NULL for all.
WITH counted AS (
    SELECT
        ways.category,
        money.committed_eur,
        money.reason
    FROM money
    INNER JOIN ways ON money.contribution_id = ways.contribution_id
    WHERE
        money.scope = $scope
        AND (money.committed_eur IS NOT NULL OR (money.reason = 'no_exchange_rate' AND money.stage_order >= 2))
        AND ($donors IS NULL OR money.donor_id IN $donors)
)

SELECT
    counted.category,
    coalesce(ref_categories.name, counted.category) AS category_name,
    sum(counted.committed_eur) AS committed_eur,
    count(*) AS rows,
    count(*) FILTER (WHERE counted.reason = 'no_exchange_rate') AS rows_without_rate
FROM counted
LEFT JOIN ref_categories ON counted.category = ref_categories.code
GROUP BY counted.category, ref_categories.name
ORDER BY committed_eur DESC NULLS LAST, category_name

-- Through which budgets, agencies and programmes does the money pass?
-- $scope: mechanism, or related for related civilian cyber support as well. Default: mechanism.
-- $donors (list): only these donor ids; NULL for all.
SELECT
    channel,
    count(*) AS contributions,
    count(*) FILTER (WHERE counts) AS rows_counted,
    sum(committed_eur) AS committed_eur,
    sum(disbursed_eur) AS disbursed_eur
FROM money
WHERE scope = $scope AND ($donors IS NULL OR donor_id IN $donors)
GROUP BY channel
ORDER BY committed_eur DESC NULLS LAST, contributions DESC, channel NULLS LAST

-- Which donors have committed how much, and how much of it has been paid out?
-- $scope: mechanism, or related for related civilian cyber support as well. Default: mechanism.
-- $donors (list): only these donor ids; NULL for all.
SELECT
    donors.donor_id,
    donors.donor,
    donors.role,
    sum(money.committed_eur) AS committed_eur,
    sum(money.disbursed_eur) AS disbursed_eur,
    sum(coalesce(money.committed_eur, 0) - coalesce(money.disbursed_eur, 0))
    FILTER (WHERE money.committed_eur IS NOT NULL OR money.disbursed_eur IS NOT NULL) AS not_yet_disbursed_eur,
    sum(money.pledged_not_committed_eur) AS pledged_not_committed_eur,
    count(money.contribution_id) AS rows_on_file,
    count(money.contribution_id) FILTER (WHERE money.counts) AS rows_counted,
    count(money.contribution_id) FILTER (WHERE money.reason = 'no_exchange_rate') AS rows_without_rate,
    any_value(freshness.freshness) AS freshness
FROM donors
INNER JOIN freshness ON donors.donor_id = freshness.donor_id
LEFT JOIN money ON donors.donor_id = money.donor_id AND money.scope = $scope
WHERE ($donors IS NULL OR donors.donor_id IN $donors)
GROUP BY donors.donor_id, donors.donor, donors.role
HAVING donors.role = 'member' OR $scope = 'related' OR bool_or(money.counts OR money.reason = 'no_exchange_rate')
ORDER BY committed_eur DESC NULLS LAST, pledged_not_committed_eur DESC NULLS LAST, rows_on_file DESC, donors.donor

-- How much did each donor commit in each year?
-- Of value dates, else periods; NULL for one that does not lie in a single year. last_full_year is the one before that of the release.
-- $scope: mechanism, or related for related civilian cyber support as well. Default: mechanism.
-- $donors (list): only these donor ids; NULL for all.
WITH committed AS (
    SELECT
        donor_id,
        committed_eur,
        CASE WHEN year(first_day) = year(last_day) THEN year(first_day) END AS year
    FROM money
    WHERE scope = $scope AND committed_eur IS NOT NULL
)

SELECT
    donors.donor_id,
    donors.donor,
    committed.year,
    sum(committed.committed_eur) AS committed_eur,
    count(*) AS rows,
    year(release.release_date) - 1 AS last_full_year
FROM committed
INNER JOIN donors ON committed.donor_id = donors.donor_id
CROSS JOIN release
WHERE $donors IS NULL OR donors.donor_id IN $donors
GROUP BY donors.donor_id, donors.donor, committed.year, release.release_date
ORDER BY committed.year NULLS LAST, committed_eur DESC, donors.donor

-- How have each donor's pledges, commitments and payments grown?
-- Each line is a running total of its own stage; stages of the same money are never added to each other.
-- $scope: mechanism, or related for related civilian cyber support as well. Default: mechanism.
-- $donors (list): only these donor ids; NULL for all.
WITH staged AS (
    SELECT donor_id, last_day AS date, 'pledge' AS stage, amount_eur
    FROM money
    WHERE scope = $scope AND counts AND stage = 'pledge'
    UNION ALL
    SELECT donor_id, last_day AS date, 'commitment' AS stage, committed_eur AS amount_eur
    FROM money
    WHERE scope = $scope AND committed_eur IS NOT NULL
    UNION ALL
    SELECT donor_id, last_day AS date, 'disbursement' AS stage, disbursed_eur AS amount_eur
    FROM money
    WHERE scope = $scope AND disbursed_eur IS NOT NULL
),

days AS (
    SELECT donor_id, stage, date, sum(amount_eur) AS added_eur, count(*) AS rows
    FROM staged
    WHERE $donors IS NULL OR donor_id IN $donors
    GROUP BY donor_id, stage, date
)

SELECT
    days.donor_id,
    donors.donor,
    days.stage,
    ref_stages.name AS stage_name,
    days.date,
    days.added_eur,
    sum(days.added_eur) OVER (PARTITION BY days.donor_id, days.stage ORDER BY days.date NULLS LAST ROWS UNBOUNDED PRECEDING) AS amount_eur,
    days.rows,
    release.release_date
FROM days
INNER JOIN donors ON days.donor_id = donors.donor_id
INNER JOIN ref_stages ON days.stage = ref_stages.code
CROSS JOIN release
ORDER BY donors.donor, ref_stages."order"::INT, days.date NULLS LAST

-- How much did each donor commit and pay in each year?
-- $scope: mechanism, or related for related civilian cyber support as well. Default: mechanism.
-- $donors (list): only these donor ids; NULL for all.
WITH staged AS (
    SELECT donor_id, first_day, last_day, 'commitment' AS stage, committed_eur AS amount_eur
    FROM money
    WHERE scope = $scope AND committed_eur IS NOT NULL
    UNION ALL
    SELECT donor_id, first_day, last_day, 'disbursement' AS stage, disbursed_eur AS amount_eur
    FROM money
    WHERE scope = $scope AND disbursed_eur IS NOT NULL
),

dated AS (
    SELECT
        donor_id,
        stage,
        amount_eur,
        CASE WHEN year(first_day) = year(last_day) THEN year(first_day) END AS year
    FROM staged
    WHERE $donors IS NULL OR donor_id IN $donors
)

SELECT
    donors.donor_id,
    donors.donor,
    dated.year,
    dated.stage,
    ref_stages.name AS stage_name,
    sum(dated.amount_eur) AS amount_eur,
    count(dated.amount_eur) AS rows
FROM donors
LEFT JOIN dated ON donors.donor_id = dated.donor_id
LEFT JOIN ref_stages ON dated.stage = ref_stages.code
WHERE $donors IS NULL OR donors.donor_id IN $donors
GROUP BY donors.donor_id, donors.donor, dated.year, dated.stage, ref_stages.name, ref_stages."order"
ORDER BY donors.donor, dated.year NULLS LAST, ref_stages."order"::INT

-- How much has been committed, paid and pledged, and how much of the reported total do the rows on file explain?
-- $scope: mechanism, or related for related civilian cyber support as well. Default: mechanism.
WITH sums AS (
    SELECT
        sum(committed_eur) AS committed_eur,
        sum(disbursed_eur) AS disbursed_eur,
        sum(pledged_not_committed_eur) AS pledged_not_committed_eur,
        count(*) AS rows_on_file,
        count(*) FILTER (WHERE counts) AS rows_counted,
        count(*) FILTER (WHERE reason = 'no_exchange_rate') AS rows_without_rate,
        count(DISTINCT donor_id) FILTER (WHERE committed_eur IS NOT NULL) AS donors_committed
    FROM money
    WHERE scope = $scope
),

reported AS (
    SELECT
        amount AS reported_eur,
        reported_on,
        as_of_last AS reported_as_of,
        source_publisher AS reported_by,
        source_url AS reported_url
    FROM reported_totals
    WHERE measure = 'cumulative' AND currency = 'EUR' AND reported_on IS NOT NULL
    ORDER BY reported_on_first DESC, total_id DESC
    LIMIT 1
)

SELECT
    sums.committed_eur,
    sums.disbursed_eur,
    sums.committed_eur - coalesce(sums.disbursed_eur, 0) AS not_yet_disbursed_eur,
    sums.pledged_not_committed_eur,
    reported.reported_eur,
    reported.reported_on,
    reported.reported_as_of,
    reported.reported_by,
    reported.reported_url,
    CASE
        WHEN $scope = 'mechanism'
            THEN round((coalesce(sums.committed_eur, 0) + coalesce(sums.pledged_not_committed_eur, 0)) / reported.reported_eur, 4)
    END AS share_itemised,
    sums.rows_on_file,
    sums.rows_counted,
    sums.rows_without_rate,
    sums.donors_committed,
    (
        SELECT count(*) FROM organisations
        WHERE role = 'member'
    ) AS members
FROM sums
LEFT JOIN reported ON TRUE

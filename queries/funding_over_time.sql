-- How have the reported total and the commitments itemised on file grown?
-- $scope: mechanism, or related for related civilian cyber support as well. Default: mechanism.
WITH itemised AS (
    SELECT
        'itemised' AS line,
        last_day AS date,
        sum(committed_eur) AS added_eur,
        count(*) AS rows
    FROM money
    WHERE scope = $scope AND committed_eur IS NOT NULL
    GROUP BY last_day
),

reported AS (
    SELECT
        'reported' AS line,
        as_of_last AS date,
        max(amount) AS amount_eur,
        count(*) AS rows,
        string_agg(DISTINCT source_publisher, '; ' ORDER BY source_publisher) AS label
    FROM reported_totals
    WHERE measure = 'cumulative' AND currency = 'EUR' AND as_of IS NOT NULL AND qualifier <> 'rounded'
    GROUP BY as_of_last
)

SELECT
    date,
    line,
    sum(added_eur) OVER (ORDER BY date NULLS LAST ROWS UNBOUNDED PRECEDING) AS amount_eur,
    NULL AS label,
    rows
FROM itemised
UNION ALL
SELECT
    date,
    line,
    amount_eur,
    label,
    rows
FROM reported
ORDER BY line, date NULLS LAST

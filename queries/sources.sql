-- Which sources do the rows come from?
-- The 1,000 of most rows; all_rows says how many there are.
WITH counted AS (
    SELECT
        source_publisher,
        source_url,
        max(source_date) AS source_date,
        count(*) AS n
    FROM sourced
    GROUP BY source_publisher, source_url
),

largest AS (
    SELECT *
    FROM counted
    ORDER BY n DESC, source_publisher, source_url
    LIMIT 1000
)

SELECT
    largest.source_publisher,
    largest.source_url,
    largest.source_date,
    string_agg(DISTINCT sourced.dataset, ', ' ORDER BY sourced.dataset) AS datasets,
    largest.n AS rows,
    array_to_string(list_sort(min(sourced.key, 50)), ', ') || CASE WHEN largest.n > 50 THEN ', …' ELSE '' END AS keys,
    (SELECT count(*) FROM counted) AS all_rows
FROM largest
INNER JOIN sourced
    ON
        largest.source_publisher IS NOT DISTINCT FROM sourced.source_publisher
        AND largest.source_url IS NOT DISTINCT FROM sourced.source_url
GROUP BY largest.source_publisher, largest.source_url, largest.source_date, largest.n
ORDER BY largest.n DESC, largest.source_publisher, largest.source_url

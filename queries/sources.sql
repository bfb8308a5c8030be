-- Which sources do the rows come from?
SELECT
    source_publisher,
    source_url,
    max(source_date) AS source_date,
    string_agg(DISTINCT dataset, ', ' ORDER BY dataset) AS datasets,
    count(*) AS rows,
    string_agg(DISTINCT key, ', ' ORDER BY key) AS keys
FROM sourced
GROUP BY source_publisher, source_url
ORDER BY count(*) DESC, source_publisher, source_url

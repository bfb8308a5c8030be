-- Which sources do the rows come from?
SELECT
    source_publisher,
    source_url,
    max(source_date) AS source_date,
    string_agg(DISTINCT dataset, ', ' ORDER BY dataset) AS datasets,
    count(*) AS rows,
    array_to_string(list(DISTINCT key ORDER BY key)[:50], ', ') || CASE WHEN count(DISTINCT key) > 50 THEN ', …' ELSE '' END AS keys
FROM sourced
GROUP BY source_publisher, source_url
ORDER BY count(*) DESC, source_publisher, source_url

-- How recent are the data, and how many rows, files and sources do they have?
SELECT
    max(CASE WHEN source_date_precision = 'day' THEN source_date_first END) AS data_date,
    count(*) AS rows,
    count(DISTINCT submission_id) AS files,
    count(DISTINCT source_url) AS sources
FROM sourced

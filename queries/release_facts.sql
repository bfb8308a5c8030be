-- How recent are the data, and how many rows, files and sources do they have?
SELECT
    max(CASE WHEN precision_of(source_date) = 'day' THEN source_date::DATE END) AS data_date,
    count(*) AS rows,
    count(DISTINCT submission_id) AS files,
    count(DISTINCT source_url) AS sources
FROM sourced

-- Which lists of incidents are there, and which time do they cover?
SELECT
    list,
    list AS list_name,
    sum(incidents)::BIGINT AS incidents,
    min(date_first) AS date_start,
    max(date_last) AS date_end,
    coalesce(sum(incidents) FILTER (WHERE date_first IS NULL), 0)::BIGINT AS without_date
FROM incident_cells
GROUP BY list
ORDER BY incidents DESC, list

-- What kinds of notable incidents are on file?
SELECT
    coalesce(type, 'Not stated') AS type,
    count(*) AS incidents
FROM incidents
GROUP BY ALL
ORDER BY incidents DESC, type

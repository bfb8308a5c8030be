-- What kinds of notable incidents are on file?
SELECT
    type,
    coalesce(type, 'not_stated') AS type_name,
    count(*) AS incidents
FROM incidents
GROUP BY type
ORDER BY incidents DESC, type_name

-- Which sectors were hit by the notable incidents on file?
SELECT
    one.sector,
    one.sector AS sector_name,
    count(*) AS incidents
FROM incidents
CROSS JOIN unnest(string_split(incidents.sector, '; ')) AS one (sector)
GROUP BY one.sector
ORDER BY incidents DESC, one.sector

-- How severe were the incidents of a list in each year?
-- $list: only this list, as incident_lists names it; NULL finds nothing.
-- $sectors (list): only incidents in one of these sectors; NULL for all.
-- $types (list): only incidents of these types; NULL for all.
SELECT
    year(date_first) AS year,
    severity,
    coalesce(severity, 'not_stated') AS severity_name,
    sum(incidents)::BIGINT AS incidents
FROM incident_cells
WHERE
    list = $list
    AND ($sectors IS NULL OR list_has_any(string_split(coalesce(sector, ''), '; '), $sectors::VARCHAR[]))
    AND ($types IS NULL OR type IN $types)
    AND date_first IS NOT NULL
    AND year(date_first) = year(date_last)
GROUP BY ALL
ORDER BY year, severity

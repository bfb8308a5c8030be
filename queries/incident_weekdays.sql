-- On which days of the week do incidents of a list fall?
-- $list: only this list, as incident_lists names it; NULL finds nothing.
-- $sectors (list): only incidents in one of these sectors; NULL for all.
-- $types (list): only incidents of these types; NULL for all.
SELECT
    isodow(date_first) AS weekday,
    sum(incidents)::BIGINT AS incidents
FROM incident_cells
WHERE
    list = $list
    AND ($sectors IS NULL OR list_has_any(string_split(coalesce(sector, ''), '; '), $sectors::VARCHAR[]))
    AND ($types IS NULL OR type IN $types)
    AND date_first = date_last
GROUP BY ALL
ORDER BY weekday

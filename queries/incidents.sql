-- Which notable incidents are publicly known?
-- The newest 10,000; all_rows says how many there are.
-- $list: only this list, as incident_lists names it; NULL for all.
-- $sectors (list): only incidents in one of these sectors; NULL for all.
-- $types (list): only incidents of these types; NULL for all.
-- $search: only incidents whose name, target, attribution or impact contain this; NULL for all.
SELECT
    incidents.incident_id,
    incidents.date,
    incidents.date_first AS date_start,
    incidents.date_last AS date_end,
    incidents.date_precision AS precision,
    incidents.name,
    incidents.target,
    incidents.sector,
    incidents.sector AS sector_name,
    incidents.type,
    incidents.type AS type_name,
    incidents.severity,
    incidents.severity AS severity_name,
    incidents.attributed_to,
    incidents.impact,
    incidents.source_url,
    incidents.source_publisher,
    incidents.source_date,
    incidents.note,
    incidents.file_name,
    incidents.sheet,
    incidents.row_number,
    count(*) OVER () AS all_rows
FROM listed_incidents AS incidents
WHERE
    ($list IS NULL OR incidents.list = $list)
    AND ($sectors IS NULL OR list_has_any(string_split(coalesce(incidents.sector, ''), '; '), $sectors::VARCHAR[]))
    AND ($types IS NULL OR incidents.type IN $types)
    AND (
        $search IS NULL
        OR contains(
            lower(concat_ws(' ', incidents.name, incidents.target, incidents.attributed_to, incidents.impact)),
            lower($search::VARCHAR)
        )
    )
ORDER BY date_start DESC, incidents.incident_id DESC
LIMIT 10000

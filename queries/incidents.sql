-- Which notable incidents are publicly known?
-- The newest 2,000; all_rows says how many there are.
-- $list: only this list, as incident_lists names it; NULL for all.
-- $sectors (list): only incidents in one of these sectors; NULL for all.
-- $types (list): only incidents of these types; NULL for all.
-- $search: only incidents whose name, target, attribution or impact contain this; NULL for all.
WITH chosen AS (
    SELECT
        incident_id,
        date_first
    FROM listed_incidents
    WHERE
        ($list IS NULL OR list = $list)
        AND ($sectors IS NULL OR list_has_any(string_split(coalesce(sector, ''), '; '), $sectors::VARCHAR[]))
        AND ($types IS NULL OR type IN $types)
        AND (
            $search IS NULL
            OR contains(lower(concat_ws(' ', name, target, attributed_to, impact)), lower($search::VARCHAR))
        )
),

-- Found by their dates alone, before the other columns are read.
newest AS (
    SELECT incident_id
    FROM chosen
    ORDER BY date_first DESC, incident_id DESC
    LIMIT 2000
)

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
    (SELECT count(*) FROM chosen) AS all_rows
FROM incidents
INNER JOIN newest ON incidents.incident_id = newest.incident_id
ORDER BY date_start DESC, incidents.incident_id DESC

-- Which kinds of incident hit which sectors, in one list?
-- An incident that hit several sectors stands in each of them.
-- $list: only this list, as incident_lists names it; NULL finds nothing.
SELECT
    one.sector,
    coalesce(one.sector, 'not_stated') AS sector_name,
    incident_cells.type,
    coalesce(incident_cells.type, 'not_stated') AS type_name,
    sum(incident_cells.incidents)::BIGINT AS incidents
FROM incident_cells
LEFT JOIN unnest(string_split(incident_cells.sector, '; ')) AS one (sector) ON TRUE
WHERE incident_cells.list = $list
GROUP BY ALL
ORDER BY incidents DESC, one.sector, incident_cells.type

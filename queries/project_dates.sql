-- When was each project to begin and to end, and when did it?
-- $project: only the project of this id; NULL for all.
SELECT
    project_dates.project_id,
    project_dates.kind,
    project_dates.date,
    project_dates.first_day,
    project_dates.last_day,
    project_dates.precision,
    project_dates.stated,
    projects.status,
    release.release_date,
    projects.source_url,
    projects.source_publisher,
    projects.source_date,
    projects.file_name,
    projects.sheet,
    projects.row_number
FROM project_dates
INNER JOIN projects ON project_dates.project_id = projects.project_id
CROSS JOIN release
WHERE $project IS NULL OR project_dates.project_id = $project
ORDER BY project_dates.project_id, project_dates.first_day, project_dates.kind

-- How had each release the project, and what differed from the one before?
-- differs: the fields that did; nothing in the first release that has the project.
-- $project: only the project of this id; NULL for all.
WITH states AS (
    SELECT
        place,
        release_id,
        released_on,
        project_id,
        title,
        status,
        coalesce(actual_start, start, planned_start) AS start,
        coalesce(actual_end, "end", planned_end) AS "end",
        planned_start,
        planned_end,
        actual_start,
        actual_end,
        budget,
        currency,
        source_url,
        source_publisher,
        file_name,
        sheet,
        row_number
    FROM earlier_projects
    UNION ALL
    SELECT
        NULL AS place,
        release.release_id,
        release.release_date AS released_on,
        projects.project_id,
        projects.title,
        projects.status,
        coalesce(projects.actual_start, projects.start, projects.planned_start) AS start,
        coalesce(projects.actual_end, projects."end", projects.planned_end) AS "end",
        projects.planned_start,
        projects.planned_end,
        projects.actual_start,
        projects.actual_end,
        projects.budget,
        projects.currency,
        projects.source_url,
        projects.source_publisher,
        projects.file_name,
        projects.sheet,
        projects.row_number
    FROM projects
    CROSS JOIN release
)

SELECT
    states.project_id,
    states.release_id,
    states.released_on,
    states.title,
    states.status,
    coalesce(ref_activity_status.name, 'not_stated') AS status_name,
    states.start,
    states."end",
    states.planned_start,
    states.planned_end,
    states.actual_start,
    states.actual_end,
    states.budget,
    states.currency,
    CASE
        WHEN row_number() OVER releases > 1
            THEN
                concat_ws(
                    '; ',
                    CASE WHEN lag(states.title) OVER releases IS DISTINCT FROM states.title THEN 'title' END,
                    CASE WHEN lag(states.status) OVER releases IS DISTINCT FROM states.status THEN 'status' END,
                    CASE WHEN lag(states.start) OVER releases IS DISTINCT FROM states.start THEN 'start' END,
                    CASE WHEN lag(states."end") OVER releases IS DISTINCT FROM states."end" THEN 'end' END,
                    CASE WHEN lag(states.planned_start) OVER releases IS DISTINCT FROM states.planned_start THEN 'planned_start' END,
                    CASE WHEN lag(states.planned_end) OVER releases IS DISTINCT FROM states.planned_end THEN 'planned_end' END,
                    CASE WHEN lag(states.budget) OVER releases IS DISTINCT FROM states.budget THEN 'budget' END
                )
    END AS differs,
    states.source_url,
    states.source_publisher,
    states.file_name,
    states.sheet,
    states.row_number
FROM states
LEFT JOIN ref_activity_status ON states.status = ref_activity_status.code
WHERE $project IS NULL OR states.project_id = $project
WINDOW releases AS (PARTITION BY states.project_id ORDER BY states.place NULLS LAST)
ORDER BY states.project_id, states.place NULLS LAST

-- Which documents and pages speak of the project?
-- $project: only the project of this id; NULL for all.
WITH named AS (
    SELECT project_id, 'projects' AS dataset, project_id AS key
    FROM projects
    UNION ALL
    SELECT unnest(string_split(project_ids, '; ')) AS project_id, 'contributions' AS dataset, contribution_id AS key
    FROM contributions
    UNION ALL
    SELECT unnest(string_split(project_ids, '; ')) AS project_id, 'organisations' AS dataset, organisation_id AS key
    FROM organisations
    UNION ALL
    SELECT unnest(string_split(project_ids, '; ')) AS project_id, 'capabilities' AS dataset, capability_id AS key
    FROM capabilities
    UNION ALL
    SELECT unnest(string_split(project_ids, '; ')) AS project_id, 'milestones' AS dataset, milestone_id AS key
    FROM milestones
    UNION ALL
    SELECT project_id, 'needs' AS dataset, unnest(string_split(need_ids, '; ')) AS key
    FROM projects
)

SELECT
    sourced.source_publisher,
    sourced.source_url,
    max(sourced.source_date) AS source_date,
    string_agg(DISTINCT sourced.dataset, ', ' ORDER BY sourced.dataset) AS datasets,
    array_to_string(list(DISTINCT sourced.key ORDER BY sourced.key)[:50], ', ') AS keys,
    count(DISTINCT sourced.key) AS rows
FROM named
INNER JOIN sourced ON named.dataset = sourced.dataset AND named.key = sourced.key
WHERE $project IS NULL OR named.project_id = $project
GROUP BY sourced.source_publisher, sourced.source_url
ORDER BY source_date DESC NULLS LAST, sourced.source_publisher, sourced.source_url

-- The way of each contribution, as its own row and its projects say: one channel, implementer, kind of support and sector.
-- What pays for several goes to "several" and is not divided.
CREATE TABLE ways AS
WITH linked AS (
    SELECT
        contributions.contribution_id,
        CASE
            WHEN count(DISTINCT projects.implementers) > 1 OR bool_or(contains(projects.implementers, '; ')) THEN 'several'
            ELSE min(projects.implementers)
        END AS implementer,
        CASE WHEN count(DISTINCT projects.category) > 1 THEN 'several_categories' ELSE min(projects.category) END AS category,
        CASE
            WHEN count(DISTINCT projects.sector) > 1 OR bool_or(contains(projects.sector, '; ')) THEN 'several'
            ELSE min(projects.sector)
        END AS sector
    FROM contributions
    CROSS JOIN unnest(string_split(contributions.project_ids, '; ')) AS one (project_id)
    INNER JOIN projects ON one.project_id = projects.project_id
    GROUP BY contributions.contribution_id
)

SELECT
    contributions.contribution_id,
    coalesce(contributions.channel, 'not_stated') AS channel,
    coalesce(linked.implementer, 'not_stated') AS implementer,
    coalesce(linked.category, 'not_stated') AS category,
    coalesce(linked.sector, 'not_stated') AS sector
FROM contributions
LEFT JOIN linked ON contributions.contribution_id = linked.contribution_id;

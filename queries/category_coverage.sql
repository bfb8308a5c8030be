-- For each kind of support: which donors work on it or offer it, and how many needs are open?
WITH standing AS (
    SELECT DISTINCT
        projects.category,
        one.donor_id,
        projects.project_id,
        NULL AS capability_id
    FROM projects
    CROSS JOIN unnest(string_split(projects.donor_ids, '; ')) AS one (donor_id)
    WHERE projects.category IS NOT NULL AND coalesce(projects.status, '') NOT IN ('5', '6')
    UNION ALL
    SELECT
        category,
        donor_id,
        NULL AS project_id,
        capability_id
    FROM capabilities
    WHERE category IS NOT NULL
),

counted AS (
    SELECT
        category,
        donor_id,
        count(project_id) AS projects,
        count(capability_id) AS capabilities
    FROM standing
    GROUP BY category, donor_id
),

wanted AS (
    SELECT
        category,
        count(*) AS needs,
        count(*) FILTER (WHERE state = 'open') AS needs_open
    FROM need_states
    GROUP BY category
)

SELECT
    ref_categories.code AS category,
    ref_categories.name AS category_name,
    coalesce(wanted.needs, 0) AS needs,
    coalesce(wanted.needs_open, 0) AS needs_open,
    counted.donor_id,
    coalesce(donors.donor, names.name, counted.donor_id) AS donor,
    counted.projects,
    counted.capabilities
FROM ref_categories
LEFT JOIN wanted ON ref_categories.code = wanted.category
LEFT JOIN counted ON ref_categories.code = counted.category
LEFT JOIN donors ON counted.donor_id = donors.donor_id
LEFT JOIN names ON counted.donor_id = names.code
LEFT JOIN codes ON codes.list = 'categories' AND ref_categories.code = codes.code
ORDER BY codes.position, donor

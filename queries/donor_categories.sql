-- Which kinds of support does each donor give: how much money, and how many projects?
-- $scope: mechanism, or related for related civilian cyber support as well. Default: mechanism.
-- $donors (list): only these donor ids; NULL for all.
WITH linked AS (
    SELECT
        money.contribution_id,
        CASE WHEN count(DISTINCT projects.category) > 1 THEN 'several' ELSE min(projects.category) END AS category
    FROM money
    CROSS JOIN unnest(string_split(money.project_ids, '; ')) AS one (project_id)
    INNER JOIN projects ON one.project_id = projects.project_id
    WHERE money.scope = $scope
    GROUP BY money.contribution_id
),

given AS (
    SELECT
        money.donor_id,
        coalesce(linked.category, 'not_stated') AS category,
        sum(money.committed_eur) AS committed_eur,
        0 AS projects
    FROM money
    LEFT JOIN linked ON money.contribution_id = linked.contribution_id
    WHERE money.scope = $scope AND money.committed_eur IS NOT NULL
    GROUP BY money.donor_id, coalesce(linked.category, 'not_stated')
    UNION ALL
    SELECT
        one.donor_id,
        coalesce(projects.category, 'not_stated') AS category,
        NULL AS committed_eur,
        count(*) AS projects
    FROM projects
    CROSS JOIN unnest(list_distinct(string_split(projects.donor_ids, '; '))) AS one (donor_id)
    WHERE $scope = 'related' OR projects.within_mechanism = 'yes'
    GROUP BY one.donor_id, coalesce(projects.category, 'not_stated')
)

SELECT
    donors.donor_id,
    donors.donor,
    given.category,
    coalesce(ref_categories.name, given.category) AS category_name,
    sum(given.committed_eur) AS committed_eur,
    sum(given.projects)::BIGINT AS projects
FROM given
INNER JOIN donors ON given.donor_id = donors.donor_id
LEFT JOIN ref_categories ON given.category = ref_categories.code
LEFT JOIN codes ON codes.list = 'categories' AND given.category = codes.code
WHERE $donors IS NULL OR donors.donor_id IN $donors
GROUP BY donors.donor_id, donors.donor, given.category, ref_categories.name, codes.position
ORDER BY donors.donor, codes.position NULLS LAST, given.category

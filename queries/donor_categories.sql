-- Which kinds of support does each donor give: how much money, and how many projects?
-- $scope: mechanism, or related for related civilian cyber support as well. Default: mechanism.
-- $donors (list): only these donor ids; NULL for all.
WITH given AS (
    SELECT
        money.donor_id,
        ways.category,
        sum(money.committed_eur) AS committed_eur,
        0 AS projects
    FROM money
    INNER JOIN ways ON money.contribution_id = ways.contribution_id
    WHERE money.scope = $scope AND money.committed_eur IS NOT NULL
    GROUP BY money.donor_id, ways.category
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

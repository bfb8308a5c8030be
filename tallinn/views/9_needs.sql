-- Stated needs with what has become of them: by the projects that name them, and by the kinds of support that donors offer.
CREATE TABLE need_states AS
WITH answering AS (
    SELECT DISTINCT
        one.need_id,
        projects.project_id,
        projects.status
    FROM projects
    CROSS JOIN unnest(string_split(projects.need_ids, '; ')) AS one (need_id)
),

funded AS (
    SELECT DISTINCT one.project_id
    FROM money
    CROSS JOIN unnest(string_split(money.project_ids, '; ')) AS one (project_id)
    WHERE money.scope = 'related' AND money.committed_eur > 0
),

judged AS (
    SELECT
        answering.need_id,
        count(*) AS projects,
        count(funded.project_id) AS projects_with_money,
        CASE
            WHEN bool_or(answering.status IN ('2', '3')) THEN 'under_way'
            WHEN bool_or(answering.status = '4') THEN 'delivered'
            WHEN bool_or(answering.status = '1') THEN 'planned'
            ELSE 'unclear'
        END AS state
    FROM answering
    LEFT JOIN funded ON answering.project_id = funded.project_id
    GROUP BY answering.need_id
),

offered AS (
    SELECT
        category,
        count(*) AS capabilities
    FROM capabilities
    WHERE category IS NOT NULL
    GROUP BY category
)

SELECT
    needs.*,
    coalesce(judged.state, 'open') AS state,
    coalesce(judged.projects, 0) AS projects,
    coalesce(judged.projects_with_money, 0) AS projects_with_money,
    coalesce(offered.capabilities, 0) AS capabilities,
    -- A date known to a month or a year counts from its last day: the need is at least that old.
    greatest(release.release_date - needs.stated_on_last, 0) AS days_old
FROM needs
CROSS JOIN release
LEFT JOIN judged ON needs.need_id = judged.need_id
LEFT JOIN offered ON needs.category = offered.category;

-- Who carries the projects out, who benefits, and in which sectors?
-- $categories (list): only projects of these categories; NULL for all.
-- $donors (list): only projects with one of these donor ids; NULL for all.
-- $statuses (list): only projects of these IATI activity status codes (none: not stated); NULL for all.
-- $within (list): only projects that are in the Mechanism (yes), related or unclear; NULL for all.
-- $delivery (list): only projects that are late, out_of_step, on_time, unknown or over; NULL for all.
-- $search: only projects whose title, text, implementers, beneficiaries or donors contain this; NULL for all.
WITH chosen AS (
    SELECT *
    FROM listed_projects
    WHERE asked_for(filtered_by, $categories, $donors, $statuses, $within, $delivery, $search)
),

partners AS (
    SELECT 'implementer' AS role, unnest(string_split(implementers, '; ')) AS name
    FROM chosen
    UNION ALL
    SELECT 'beneficiary' AS role, unnest(string_split(beneficiary, '; ')) AS name
    FROM chosen
    UNION ALL
    SELECT 'sector' AS role, unnest(string_split(sector, '; ')) AS name
    FROM chosen
)

SELECT
    role,
    name,
    count(*) AS projects
FROM partners
GROUP BY role, name
ORDER BY role, projects DESC, name

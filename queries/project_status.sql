-- How many projects are in which state, by the IATI activity status?
-- $categories (list): only projects of these categories; NULL for all.
-- $donors (list): only projects with one of these donor ids; NULL for all.
-- $statuses (list): only projects of these IATI activity status codes (none: not stated); NULL for all.
-- $within (list): only projects that are in the Mechanism (yes), related or unclear; NULL for all.
-- $delivery (list): only projects that are late, out_of_step, on_time, unknown or over; NULL for all.
-- $search: only projects whose title, text, implementers, beneficiaries or donors contain this; NULL for all.
WITH statuses AS (
    SELECT code, name, "order"::INT AS position
    FROM ref_activity_status
    UNION ALL
    SELECT 'none' AS code, 'not_stated' AS name, 99 AS position
),

chosen AS (
    SELECT *
    FROM listed_projects
    WHERE asked_for(filtered_by, $categories, $donors, $statuses, $within, $delivery, $search)
)

SELECT
    nullif(statuses.code, 'none') AS status,
    statuses.name AS status_name,
    count(chosen.project_id) AS projects,
    count(chosen.project_id) FILTER (WHERE chosen.within_mechanism = 'yes') AS in_mechanism,
    count(chosen.project_id) FILTER (WHERE chosen.within_mechanism <> 'yes') AS related
FROM statuses
LEFT JOIN chosen ON statuses.code = coalesce(chosen.status, 'none')
GROUP BY statuses.code, statuses.name, statuses.position
ORDER BY statuses.position

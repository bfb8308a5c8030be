-- How many projects are late, and of how many can it not be said?
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
)

SELECT
    codes.code AS delivery,
    codes.name AS delivery_name,
    count(chosen.project_id) AS projects,
    count(chosen.project_id) FILTER (WHERE chosen.within_mechanism = 'yes') AS in_mechanism,
    count(chosen.project_id) FILTER (WHERE chosen.within_mechanism <> 'yes') AS related
FROM codes
LEFT JOIN chosen ON codes.code = chosen.delivery
WHERE codes.list = 'delivery'
GROUP BY codes.code, codes.name, codes.position
ORDER BY codes.position

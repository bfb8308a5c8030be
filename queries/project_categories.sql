-- What kinds of support do the projects give?
-- $categories (list): only projects of these categories; NULL for all.
-- $donors (list): only projects with one of these donor ids; NULL for all.
-- $statuses (list): only projects of these IATI activity status codes (none: not stated); NULL for all.
-- $within (list): only projects that are in the Mechanism (yes), related or unclear; NULL for all.
-- $delivery (list): only projects that are late, out_of_step, on_time, unknown or over; NULL for all.
-- $search: only projects whose title, text, implementers, beneficiaries or donors contain this; NULL for all.
SELECT
    listed_projects.category,
    coalesce(listed_projects.category_name, 'not_stated') AS category_name,
    count(*) AS projects,
    count(*) FILTER (WHERE listed_projects.within_mechanism = 'yes') AS in_mechanism,
    count(*) FILTER (WHERE listed_projects.within_mechanism <> 'yes') AS related
FROM listed_projects
WHERE asked_for(listed_projects.filtered_by, $categories, $donors, $statuses, $within, $delivery, $search)
GROUP BY listed_projects.category, listed_projects.category_name
ORDER BY projects DESC, category_name

-- From when to when do the projects run, as precisely as their sources say?
-- $categories (list): only projects of these categories; NULL for all.
-- $donors (list): only projects with one of these donor ids; NULL for all.
-- $statuses (list): only projects of these IATI activity status codes (none: not stated); NULL for all.
-- $within (list): only projects that are in the Mechanism (yes), related or unclear; NULL for all.
-- $delivery (list): only projects that are late, out_of_step, on_time, unknown or over; NULL for all.
-- $search: only projects whose title, text, implementers, beneficiaries or donors contain this; NULL for all.
SELECT
    listed_projects.project_id,
    listed_projects.title,
    listed_projects.status,
    listed_projects.status_name,
    listed_projects.start AS start_text,
    listed_projects."end" AS end_text,
    listed_projects.start_first AS start_date,
    listed_projects.end_last AS end_date,
    listed_projects.start_precision,
    listed_projects.end_precision,
    listed_projects.start IS NULL AND listed_projects."end" IS NULL AS undated,
    listed_projects."end" IS NULL AS open_end,
    listed_projects.source_url,
    listed_projects.file_name,
    listed_projects.sheet,
    listed_projects.row_number
FROM listed_projects
WHERE asked_for(listed_projects.filtered_by, $categories, $donors, $statuses, $within, $delivery, $search)
ORDER BY undated, coalesce(start_date, end_date), listed_projects.project_id

-- Which projects are there, who funds and runs them, and for whom?
-- $categories (list): only projects of these categories; NULL for all.
-- $donors (list): only projects with one of these donor ids; NULL for all.
-- $statuses (list): only projects of these IATI activity status codes (none: not stated); NULL for all.
-- $within (list): only projects that are in the Mechanism (yes), related or unclear; NULL for all.
-- $delivery (list): only projects that are late, out_of_step, on_time, unknown or over; NULL for all.
-- $project: only the project of this id; NULL for all.
-- $search: only projects whose title, text, implementers, beneficiaries or donors contain this; NULL for all.
SELECT
    listed_projects.project_id,
    listed_projects.title,
    listed_projects.description,
    listed_projects.category,
    listed_projects.category_name,
    listed_projects.donor_ids,
    listed_projects.donors,
    listed_projects.implementers,
    listed_projects.beneficiary,
    listed_projects.sector,
    listed_projects.need_ids,
    listed_projects.status,
    listed_projects.status_name,
    listed_projects.start,
    listed_projects."end",
    listed_projects.planned_start,
    listed_projects.planned_end,
    listed_projects.actual_start,
    listed_projects.actual_end,
    listed_projects.delivery,
    listed_projects.delivery_name,
    listed_projects.days_late,
    listed_projects.budget,
    listed_projects.currency,
    listed_projects.within_mechanism,
    listed_projects.within_name,
    listed_projects.confidence,
    listed_projects.source_url,
    listed_projects.source_publisher,
    listed_projects.source_date,
    listed_projects.note,
    listed_projects.file_name,
    listed_projects.sheet,
    listed_projects.row_number
FROM listed_projects
WHERE
    asked_for(listed_projects.filtered_by, $categories, $donors, $statuses, $within, $delivery, $search)
    AND ($project IS NULL OR listed_projects.project_id = $project)
ORDER BY listed_projects.project_id

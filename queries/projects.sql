-- Which projects are there, who funds and runs them, and for whom?
-- $categories (list): only projects of these categories; NULL for all.
-- $donors (list): only projects with one of these donor ids; NULL for all.
-- $statuses (list): only projects of these IATI activity status codes (none: not stated); NULL for all.
-- $within (list): only projects that are in the Mechanism (yes), related or unclear; NULL for all.
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
    listed_projects.status,
    listed_projects.status_name,
    listed_projects.start,
    listed_projects."end",
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
WHERE asked_for(listed_projects, $categories, $donors, $statuses, $within, $search)
ORDER BY listed_projects.project_id

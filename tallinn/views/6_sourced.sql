-- Every row of every dataset with its source and the file it came from.
CREATE VIEW sourced AS
SELECT
    'contributions' AS dataset,
    contribution_id AS key,
    source_url,
    source_publisher,
    source_date,
    source_date_first,
    source_date_precision,
    submission_id
FROM contributions
UNION ALL
SELECT
    'projects' AS dataset,
    project_id AS key,
    source_url,
    source_publisher,
    source_date,
    source_date_first,
    source_date_precision,
    submission_id
FROM projects
UNION ALL
SELECT
    'needs' AS dataset,
    need_id AS key,
    source_url,
    source_publisher,
    source_date,
    source_date_first,
    source_date_precision,
    submission_id
FROM needs
UNION ALL
SELECT
    'capabilities' AS dataset,
    capability_id AS key,
    source_url,
    source_publisher,
    source_date,
    source_date_first,
    source_date_precision,
    submission_id
FROM capabilities
UNION ALL
SELECT
    'incident_counts' AS dataset,
    count_id AS key,
    source_url,
    source_publisher,
    source_date,
    source_date_first,
    source_date_precision,
    submission_id
FROM incident_counts
UNION ALL
SELECT
    'incidents' AS dataset,
    incident_id AS key,
    source_url,
    source_publisher,
    source_date,
    source_date_first,
    source_date_precision,
    submission_id
FROM incidents
UNION ALL
SELECT
    'organisations' AS dataset,
    organisation_id AS key,
    source_url,
    source_publisher,
    source_date,
    source_date_first,
    source_date_precision,
    submission_id
FROM organisations
UNION ALL
SELECT
    'milestones' AS dataset,
    milestone_id AS key,
    source_url,
    source_publisher,
    source_date,
    source_date_first,
    source_date_precision,
    submission_id
FROM milestones
UNION ALL
SELECT
    'reported_totals' AS dataset,
    total_id AS key,
    source_url,
    source_publisher,
    source_date,
    source_date_first,
    source_date_precision,
    submission_id
FROM reported_totals;

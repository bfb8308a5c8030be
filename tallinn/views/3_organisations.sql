-- Who gives: the member states and everyone with a contribution on file.
CREATE TABLE donors AS
WITH givers AS (
    SELECT organisation_id AS donor_id
    FROM organisations
    WHERE role = 'member'
    UNION
    SELECT donor_id
    FROM contributions
)

SELECT
    givers.donor_id,
    coalesce(organisations.name, names.name, givers.donor_id) AS donor,
    organisations.role
FROM givers
LEFT JOIN organisations ON givers.donor_id = organisations.organisation_id
LEFT JOIN names ON givers.donor_id = names.code;

-- Projects with the names of their codes, and what each search looks through.
CREATE TABLE listed_projects AS
WITH donor_names AS (
    SELECT
        projects.project_id,
        string_agg(coalesce(donors.donor, names.name, one.donor_id), '; ' ORDER BY one.position) AS donors
    FROM projects
    CROSS JOIN unnest(string_split(projects.donor_ids, '; ')) WITH ORDINALITY AS one (donor_id, position)
    LEFT JOIN donors ON one.donor_id = donors.donor_id
    LEFT JOIN names ON one.donor_id = names.code
    GROUP BY projects.project_id
)

SELECT
    projects.*,
    ref_categories.name AS category_name,
    donor_names.donors,
    coalesce(ref_activity_status.name, 'Not stated') AS status_name,
    ref_within_mechanism.name AS within_name,
    lower(
        concat_ws(
            ' ',
            projects.project_id,
            projects.title,
            projects.description,
            projects.implementers,
            projects.beneficiary,
            donor_names.donors
        )
    ) AS searched
FROM projects
LEFT JOIN donor_names ON projects.project_id = donor_names.project_id
LEFT JOIN ref_categories ON projects.category = ref_categories.code
LEFT JOIN ref_activity_status ON projects.status = ref_activity_status.code
LEFT JOIN ref_within_mechanism ON projects.within_mechanism = ref_within_mechanism.code;

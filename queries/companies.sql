-- Which companies and other organisations carry out or support the work, and in which role?
-- $project: only those that take part in the project of this id; NULL for all.
SELECT
    organisations.organisation_id,
    organisations.name,
    names.name AS country,
    organisations.organisation_type,
    ref_organisation_types.name AS organisation_type_name,
    organisations.role,
    ref_organisation_roles.name AS role_name,
    organisations.services,
    organisations.project_ids,
    organisations.project,
    ref_within_mechanism.name AS within_name,
    organisations.source_url,
    organisations.source_publisher,
    organisations.note,
    organisations.file_name,
    organisations.sheet,
    organisations.row_number
FROM organisations
LEFT JOIN names ON organisations.country = names.code
LEFT JOIN ref_organisation_types ON organisations.organisation_type = ref_organisation_types.code
LEFT JOIN ref_organisation_roles ON organisations.role = ref_organisation_roles.code
LEFT JOIN ref_within_mechanism ON organisations.within_mechanism = ref_within_mechanism.code
WHERE
    organisations.role NOT IN ('member', 'beneficiary', 'observer')
    AND ($project IS NULL OR list_contains(string_split(organisations.project_ids, '; '), $project::VARCHAR))
ORDER BY organisations.name

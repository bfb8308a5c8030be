-- Who belongs to the Tallinn Mechanism, in which role, since when, and with which office?
SELECT
    organisations.organisation_id,
    organisations.name,
    organisations.role,
    ref_organisation_roles.name AS role_name,
    organisations.founding,
    organisations.joined_on,
    organisations.office,
    organisations.note,
    count(contributions.contribution_id) AS contributions,
    organisations.source_url,
    organisations.source_publisher,
    organisations.file_name,
    organisations.sheet,
    organisations.row_number
FROM organisations
INNER JOIN ref_organisation_roles ON organisations.role = ref_organisation_roles.code
LEFT JOIN contributions ON organisations.organisation_id = contributions.donor_id
WHERE organisations.role IN ('member', 'beneficiary', 'observer')
GROUP BY ALL
ORDER BY min(ref_organisation_roles."order"::INT), organisations.founding DESC NULLS LAST, organisations.name

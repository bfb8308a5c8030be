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

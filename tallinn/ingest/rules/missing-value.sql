-- A required value is missing.
SELECT
    i,
    field,
    NULL AS shown
FROM constrained
WHERE rule = 'missing-value'

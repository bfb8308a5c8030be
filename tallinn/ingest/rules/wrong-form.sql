-- A value does not have the form that the schema asks for.
SELECT
    i,
    field,
    shown
FROM constrained
WHERE rule = 'wrong-form'

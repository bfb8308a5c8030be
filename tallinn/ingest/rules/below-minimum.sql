-- A value is below the smallest that the schema allows.
SELECT
    i,
    field,
    shown
FROM constrained
WHERE rule = 'below-minimum'

-- A row names no source.
SELECT
    i,
    'source_url' AS field,
    NULL AS shown
FROM sent
WHERE source_url IS NULL

-- The same key stands in more than one row of the file.
WITH twins AS (
    SELECT
        key,
        list(row_number ORDER BY i) AS places
    FROM sent
    WHERE key IS NOT NULL
    GROUP BY key
    HAVING count(*) > 1
)

SELECT
    sent.i,
    $key_field AS field,
    sent.key AS shown,
    array_to_string(twins.places[:10], ', ') AS places
FROM sent
INNER JOIN twins ON sent.key = twins.key

-- The same key stands in more than one row of the file.
WITH repeated AS (
    SELECT key
    FROM sent
    WHERE key IS NOT NULL
    GROUP BY key
    HAVING count(*) > 1
),

twins AS (
    SELECT
        sent.key,
        list(sent.row_number ORDER BY sent.i) AS places
    FROM sent
    SEMI JOIN repeated ON sent.key = repeated.key
    GROUP BY sent.key
)

SELECT
    sent.i,
    $key_field AS field,
    sent.key AS shown,
    array_to_string(twins.places[:10], ', ') AS places
FROM sent
INNER JOIN twins ON sent.key = twins.key

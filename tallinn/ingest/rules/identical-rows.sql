-- Rows without a key of their own that are alike in all that they say.
WITH twins AS (
    SELECT
        said,
        min(i) AS i,
        count(*) AS copies,
        list(row_number ORDER BY i) AS places
    FROM alike
    GROUP BY said
    HAVING count(*) > 1
)

SELECT
    i,
    $key_field AS field,
    NULL AS shown,
    copies,
    array_to_string(places[:10], ', ') AS places
FROM twins

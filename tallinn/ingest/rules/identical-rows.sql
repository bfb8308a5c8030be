-- Rows without a key of their own that are alike in all that they say.
WITH repeated AS (
    SELECT said
    FROM alike
    GROUP BY said
    HAVING count(*) > 1
),

twins AS (
    SELECT
        alike.said,
        min(alike.i) AS i,
        count(*) AS copies,
        list(alike.row_number ORDER BY alike.i) AS places
    FROM alike
    SEMI JOIN repeated ON alike.said = repeated.said
    GROUP BY alike.said
)

SELECT
    i,
    $key_field AS field,
    NULL AS shown,
    copies,
    array_to_string(places[:10], ', ') AS places
FROM twins

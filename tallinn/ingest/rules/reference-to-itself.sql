-- A row names itself, or a row that leads back to it.
WITH RECURSIVE steps AS (
    SELECT
        key,
        field,
        names
    FROM named
    WHERE dataset = $dataset
    UNION ALL
    SELECT
        on_file_named.key,
        on_file_named.field,
        on_file_named.names
    FROM on_file_named
    ANTI JOIN sent ON on_file_named.key = sent.key
),

ways AS (
    SELECT
        key AS start,
        field,
        names AS place
    FROM named
    WHERE dataset = $dataset
    UNION
    SELECT
        ways.start,
        ways.field,
        steps.names AS place
    FROM ways
    INNER JOIN steps ON ways.place = steps.key AND ways.field = steps.field
    WHERE ways.place <> ways.start
)

SELECT
    named.i,
    named.field,
    named.names AS shown
FROM named
SEMI JOIN ways ON named.key = ways.start AND named.field = ways.field AND ways.start = ways.place
WHERE named.dataset = $dataset

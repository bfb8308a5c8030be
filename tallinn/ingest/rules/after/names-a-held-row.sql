-- A row that would be taken names a row that is held, and that the lake does not have either.
WITH taken AS (
    SELECT sent.key
    FROM sent
    ANTI JOIN held ON sent.i = held.i
    UNION
    SELECT key
    FROM on_file
),

free AS (
    SELECT
        named.i,
        named.field,
        named.names
    FROM named
    ANTI JOIN held ON named.i = held.i -- noqa: AL04
    WHERE named.dataset = $dataset
)

SELECT
    free.i,
    free.field,
    free.names AS shown
FROM free
SEMI JOIN sent ON free.names = sent.key
ANTI JOIN taken ON free.names = taken.key

-- A row realises a row of the same or of a later stage; said where the file breaks the order, from either end.
WITH everything AS (
    SELECT
        i,
        key,
        stage,
        realises,
        amount,
        currency,
        duplicate_of,
        not_counted
    FROM sent
    UNION ALL
    SELECT
        NULL AS i,
        on_file.key,
        on_file.stage,
        on_file.realises,
        on_file.amount,
        on_file.currency,
        on_file.duplicate_of,
        on_file.not_counted
    FROM on_file
    ANTI JOIN sent ON on_file.key = sent.key
),

pairs AS (
    SELECT
        later.i,
        earlier.i AS earlier_i,
        earlier.key,
        lower(later_stage.name) AS stage,
        lower(earlier_stage.name) AS earlier_stage
    FROM everything AS later
    INNER JOIN everything AS earlier ON later.realises = earlier.key AND later.key IS DISTINCT FROM earlier.key
    INNER JOIN stages AS later_stage ON later.stage = later_stage.code
    INNER JOIN stages AS earlier_stage ON earlier.stage = earlier_stage.code
    WHERE earlier_stage."order"::INT >= later_stage."order"::INT
)

SELECT DISTINCT
    coalesce(i, earlier_i) AS i,
    CASE WHEN i IS NULL THEN 'stage' ELSE 'realises' END AS field,
    key AS shown,
    stage,
    earlier_stage
FROM pairs
WHERE coalesce(i, earlier_i) IS NOT NULL

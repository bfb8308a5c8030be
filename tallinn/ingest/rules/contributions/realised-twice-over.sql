-- The rows that realise a row exceed it by more than rounding (0.5 %); said at the rows of the file, or at the row that they realise.
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

realised AS (
    SELECT
        realises AS key,
        stage,
        currency,
        sum(amount) AS realised
    FROM everything
    WHERE realises IS NOT NULL AND duplicate_of IS NULL AND not_counted IS NULL AND amount IS NOT NULL
    GROUP BY realises, stage, currency
),

exceeded AS (
    SELECT
        earlier.i,
        realised.key,
        realised.stage,
        format('{:,.2f} {}', realised.realised::DOUBLE, realised.currency) AS realised,
        format('{:,.2f} {}', earlier.amount::DOUBLE, earlier.currency) AS amount
    FROM realised
    INNER JOIN everything AS earlier ON realised.key = earlier.key AND realised.currency = earlier.currency
    WHERE realised.realised - earlier.amount > abs(earlier.amount) * 0.005
),

said AS (
    SELECT
        sent.i,
        'realises' AS field,
        exceeded.key AS shown,
        exceeded.realised,
        exceeded.amount,
        exceeded.stage
    FROM exceeded
    INNER JOIN sent ON exceeded.key = sent.realises AND exceeded.stage = sent.stage
)

SELECT
    i,
    field,
    shown,
    realised,
    amount
FROM said
UNION ALL
SELECT
    exceeded.i,
    'amount' AS field,
    exceeded.key AS shown,
    exceeded.realised,
    exceeded.amount
FROM exceeded
ANTI JOIN said ON exceeded.key = said.shown AND exceeded.stage = said.stage
WHERE exceeded.i IS NOT NULL

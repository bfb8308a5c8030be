-- Two rows report the same donor, stage, amount, currency and date under two keys: the same money, perhaps.
WITH others AS (
    SELECT
        key,
        donor_id,
        stage,
        amount,
        currency,
        value_date,
        realises,
        duplicate_of
    FROM sent
    UNION ALL
    SELECT
        on_file.key,
        on_file.donor_id,
        on_file.stage,
        on_file.amount,
        on_file.currency,
        on_file.value_date,
        on_file.realises,
        on_file.duplicate_of
    FROM on_file
    ANTI JOIN sent ON on_file.key = sent.key
)

SELECT
    sent.i,
    'amount' AS field,
    sent.amount::VARCHAR AS shown,
    min(others.key) AS other
FROM sent
INNER JOIN others
    ON
        sent.donor_id = others.donor_id
        AND sent.stage = others.stage
        AND sent.amount = others.amount
        AND sent.currency = others.currency
        AND sent.value_date = others.value_date
        AND sent.key <> others.key
WHERE
    sent.amount <> 0
    AND sent.duplicate_of IS NULL
    AND others.duplicate_of IS NULL
    AND sent.key IS DISTINCT FROM others.realises
    AND others.key IS DISTINCT FROM sent.realises
GROUP BY sent.i, sent.amount

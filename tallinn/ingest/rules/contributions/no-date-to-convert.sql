-- An amount in a foreign currency has no date to convert it by.
SELECT
    sent.i,
    'value_date' AS field,
    sent.currency AS shown
FROM sent
SEMI JOIN currencies ON sent.currency = currencies.code
WHERE sent.amount IS NOT NULL AND sent.currency <> 'EUR' AND sent.value_date IS NULL AND sent.period IS NULL

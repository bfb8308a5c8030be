-- An amount has no currency.
SELECT
    i,
    'currency' AS field,
    amount::VARCHAR AS shown
FROM priced
WHERE amount IS NOT NULL AND currency IS NULL

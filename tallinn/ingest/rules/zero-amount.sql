-- An amount is zero.
SELECT
    i,
    field,
    amount::VARCHAR AS shown
FROM priced
WHERE amount = 0

-- There is no euro reference rate for the currency.
SELECT
    sent.i,
    'currency' AS field,
    sent.currency AS shown
FROM sent
ANTI JOIN currencies ON sent.currency = currencies.code
WHERE sent.amount IS NOT NULL AND sent.currency IS NOT NULL AND sent.currency <> 'EUR'

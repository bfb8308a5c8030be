-- A payment that is said to have been made has a date in the future.
SELECT
    sent.i,
    'value_date' AS field,
    sent.value_date AS shown
FROM sent
INNER JOIN days ON sent.value_date = days.text
WHERE sent.stage IN ('disbursement', 'expenditure') AND days.first_day > $today

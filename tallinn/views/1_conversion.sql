-- Each contribution in euro, with the rate, its date and where it comes from.
-- The rate of the value date or of the last working day before it (seven days at most: longer than any holiday).
-- A row that has only a period takes the mean of that period's daily rates, once the period is over. No date, no rate: not converted.
CREATE TABLE converted AS
WITH dated AS (
    SELECT
        *,
        CASE WHEN value_date_precision = 'day' THEN value_date_first END AS value_day,
        CASE WHEN value_date_precision = 'day' THEN NULL ELSE coalesce(value_date, period) END AS mean_of,
        -- The days that the row may be of: of its value date, else of its period.
        coalesce(value_date_first, period_first) AS first_day,
        coalesce(value_date_last, period_last) AS last_day
    FROM contributions
),

last_rates AS (
    SELECT
        currency,
        max(date) AS last_date
    FROM rates
    GROUP BY currency
),

mean_rates AS (
    SELECT
        dated.contribution_id,
        avg(rates.rate) AS rate
    FROM dated
    INNER JOIN last_rates ON dated.currency = last_rates.currency AND dated.last_day <= last_rates.last_date
    INNER JOIN rates ON dated.currency = rates.currency AND rates.date BETWEEN dated.first_day AND dated.last_day
    WHERE dated.value_day IS NULL
    GROUP BY dated.contribution_id
),

rated AS (
    SELECT
        dated.*,
        CASE
            WHEN dated.currency = 'EUR' THEN 1
            WHEN dated.value_day - rates.date <= 7 THEN rates.rate
            ELSE mean_rates.rate
        END AS rate,
        CASE
            WHEN dated.currency = 'EUR' THEN NULL
            WHEN dated.value_day - rates.date <= 7 THEN rates.date
        END AS rate_date,
        CASE
            WHEN dated.currency = 'EUR' THEN 'euro'
            WHEN dated.value_day - rates.date <= 7 THEN 'value date'
            WHEN mean_rates.rate IS NOT NULL THEN 'mean of the period'
            ELSE 'none'
        END AS rate_basis
    FROM dated
    ASOF LEFT JOIN rates ON dated.currency = rates.currency AND dated.value_day >= rates.date
    LEFT JOIN mean_rates ON dated.contribution_id = mean_rates.contribution_id
)

SELECT
    *,
    CASE WHEN rate_basis = 'mean of the period' THEN mean_of END AS rate_period,
    CASE WHEN rate_basis = 'euro' THEN amount ELSE round((amount / rate)::DECIMAL(28, 8), 2)::DECIMAL(18, 2) END AS amount_eur
FROM rated;

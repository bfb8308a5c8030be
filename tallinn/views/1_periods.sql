-- Partial dates (tallinn/periods.py) as days: 2025-07-02, 2025-07, 2025-Q3, 2025-H1, 2025, 2022/2024.
-- The linter takes the parameters of a macro for types.
-- noqa: disable=CP05
CREATE MACRO precision_of(partial_date) AS CASE
    WHEN contains(partial_date, '/') THEN 'interval'
    WHEN length(partial_date) = 10 THEN 'day'
    WHEN length(partial_date) = 4 THEN 'year'
    WHEN partial_date[6] = 'Q' THEN 'quarter'
    WHEN partial_date[6] = 'H' THEN 'half-year'
    WHEN length(partial_date) = 7 THEN 'month'
END;

CREATE MACRO first_day_of(single) AS CASE precision_of(single)
    WHEN 'day' THEN try_cast(single AS DATE)
    WHEN 'month' THEN try_cast(single || '-01' AS DATE)
    WHEN 'quarter' THEN make_date(single[1:4]::INT, 3 * single[7]::INT - 2, 1)
    WHEN 'half-year' THEN make_date(single[1:4]::INT, 6 * single[7]::INT - 5, 1)
    WHEN 'year' THEN make_date(single::INT, 1, 1)
END;

CREATE MACRO last_day_of(single) AS CASE precision_of(single)
    WHEN 'day' THEN try_cast(single AS DATE)
    WHEN 'month' THEN last_day(first_day_of(single))
    WHEN 'quarter' THEN last_day((first_day_of(single) + INTERVAL 2 MONTH)::DATE)
    WHEN 'half-year' THEN last_day((first_day_of(single) + INTERVAL 5 MONTH)::DATE)
    WHEN 'year' THEN make_date(single::INT, 12, 31)
END;

CREATE MACRO period_start(partial_date) AS first_day_of(split_part(partial_date, '/', 1));

CREATE MACRO period_end(partial_date) AS last_day_of(split_part(partial_date, '/', -1));

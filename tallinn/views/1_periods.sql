-- Partial dates (tallinn/periods.py) as days: 2025-07-02, 2025-07, 2025-Q3, 2025-H1, 2025, 2022/2024.
CREATE MACRO precision_of(period) AS CASE
    WHEN contains(period, '/') THEN 'interval'
    WHEN length(period) = 10 THEN 'day'
    WHEN length(period) = 4 THEN 'year'
    WHEN period[6] = 'Q' THEN 'quarter'
    WHEN period[6] = 'H' THEN 'half-year'
    WHEN length(period) = 7 THEN 'month'
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

CREATE MACRO period_start(period) AS first_day_of(split_part(period, '/', 1));

CREATE MACRO period_end(period) AS last_day_of(split_part(period, '/', -1));

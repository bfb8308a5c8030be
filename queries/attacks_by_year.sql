-- How many attacks were counted in each year, how many a day, and how did that change?
-- $series: the series that counts; counts of two series are never compared. Default: cert-ua-processed.
WITH within_years AS (
    SELECT
        *,
        period_end = make_date(year, 12, 31) AS complete
    FROM counted_attacks
    WHERE series = $series AND dimension = 'total' AND period_start = make_date(year, 1, 1) AND year(period_end) = year
),

ranked AS (
    SELECT
        *,
        max(days) OVER (PARTITION BY year) AS longest,
        row_number() OVER (PARTITION BY year ORDER BY days DESC, source_date_first DESC NULLS LAST, count_id) AS rank
    FROM within_years
),

contradicting AS (
    SELECT
        year,
        string_agg(count::VARCHAR, '; ' ORDER BY rank) AS alternatives
    FROM ranked
    WHERE rank > 1 AND days = longest
    GROUP BY year
),

years AS (
    SELECT
        ranked.*,
        contradicting.alternatives
    FROM ranked
    LEFT JOIN contradicting ON ranked.year = contradicting.year
    WHERE ranked.rank = 1
),

compared AS (
    SELECT
        years.*,
        before.count AS count_before,
        exists(
            SELECT 1
            FROM ref_series_breaks
            WHERE
                ref_series_breaks.series = years.series
                AND ref_series_breaks.date_first > make_date(before.year, 1, 1)
                AND ref_series_breaks.date_first <= make_date(years.year, 1, 1)
        ) AS rules_changed
    FROM years
    LEFT JOIN years AS before ON years.year = before.year + 1 AND years.complete AND before.complete
)

SELECT
    year,
    series,
    series_name,
    unit,
    count AS incidents,
    days,
    per_day,
    CASE WHEN NOT rules_changed THEN count / count_before - 1 END AS change_on_year,
    rules_changed,
    complete,
    alternatives,
    count_id,
    note,
    source_url,
    source_publisher,
    file_name,
    sheet,
    row_number
FROM compared
ORDER BY year

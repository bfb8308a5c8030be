-- How many attacks were counted in each year, how many a day, and how did that change?
-- $series: the series that counts; counts of two series are never compared. Default: cert-ua-processed.
WITH within_years AS (
    SELECT
        *,
        period_start = make_date(year, 1, 1) AND period_end = make_date(year, 12, 31) AS complete
    FROM counted_attacks
    WHERE series = $series AND dimension = 'total' AND month(period_start) = 1 AND day(period_start) = 1 AND year(period_end) = year
),

ranked AS (
    SELECT
        *,
        max(days) OVER (PARTITION BY year) AS longest,
        row_number() OVER (PARTITION BY year ORDER BY days DESC, source_date_first DESC NULLS LAST, count_id) AS rank
    FROM within_years
),

years AS (
    SELECT
        year,
        series,
        series_name,
        unit,
        max(count) FILTER (WHERE rank = 1) AS incidents,
        max(days) AS days,
        bool_or(complete) AS complete,
        string_agg(count::VARCHAR, '; ' ORDER BY rank) FILTER (WHERE rank > 1 AND days = longest) AS alternatives,
        arg_min(count_id, rank) AS count_id,
        arg_min(note, rank) AS note,
        arg_min(source_url, rank) AS source_url,
        arg_min(source_publisher, rank) AS source_publisher,
        arg_min(submission_id, rank) AS submission_id,
        arg_min(sheet, rank) AS sheet,
        arg_min(row_number, rank) AS row_number
    FROM ranked
    GROUP BY year, series, series_name, unit
),

compared AS (
    SELECT
        years.*,
        before.incidents AS incidents_before,
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
    compared.year,
    compared.series,
    compared.series_name,
    compared.unit,
    compared.incidents,
    compared.days,
    compared.incidents / compared.days AS per_day,
    CASE WHEN NOT compared.rules_changed THEN compared.incidents / compared.incidents_before - 1 END AS change_on_year,
    compared.rules_changed,
    compared.complete,
    compared.alternatives,
    compared.count_id,
    compared.note,
    compared.source_url,
    compared.source_publisher,
    submissions.file_name,
    compared.sheet,
    compared.row_number
FROM compared
INNER JOIN submissions ON compared.submission_id = submissions.submission_id
ORDER BY compared.year

-- How many incidents of a list fall into each day, week, month, quarter or year?
-- Periods between the first and the last incident of the list without one count as none; the period in which the list ends is incomplete.
-- $list: only this list, as incident_lists names it; NULL finds nothing.
-- $unit: day, week, month, quarter or year. Default: month.
-- $sectors (list): only incidents in one of these sectors; NULL for all.
-- $types (list): only incidents of these types; NULL for all.
WITH covered AS (
    SELECT
        min(date_first) AS first_day,
        max(date_last) AS last_day
    FROM incident_cells
    WHERE list = $list
),

periods AS (
    SELECT
        last_day,
        unnest(generate_series(
            period_of(first_day, $unit)::TIMESTAMP, period_of(last_day, $unit)::TIMESTAMP, length_of($unit)
        ))::DATE AS period_start
    FROM covered
    WHERE first_day IS NOT NULL
),

chosen AS (
    SELECT
        CASE WHEN period_of(date_first, $unit) = period_of(date_last, $unit) THEN period_of(date_first, $unit) END AS period_start,
        incidents
    FROM incident_cells
    WHERE
        list = $list
        AND ($sectors IS NULL OR list_has_any(string_split(coalesce(sector, ''), '; '), $sectors::VARCHAR[]))
        AND ($types IS NULL OR type IN $types)
),

counted AS (
    SELECT
        period_start,
        sum(incidents)::BIGINT AS incidents
    FROM chosen
    GROUP BY period_start
)

SELECT
    $unit::VARCHAR AS unit,
    periods.period_start,
    coalesce(counted.incidents, 0) AS incidents,
    (periods.period_start + length_of($unit))::DATE > periods.last_day + 1 AS incomplete,
    coalesce(vague.incidents, 0) AS not_placed
FROM periods
LEFT JOIN counted AS vague ON vague.period_start IS NULL
LEFT JOIN counted ON periods.period_start = counted.period_start
ORDER BY periods.period_start

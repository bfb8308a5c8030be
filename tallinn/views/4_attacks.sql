-- Counts of attacks with the length and canonical text of their period, and whether another report contradicts them.
CREATE TABLE counted_attacks AS
WITH measured AS (
    SELECT
        incident_counts.*,
        ref_series.name AS series_name,
        ref_series.unit,
        ref_dimensions.name AS dimension_name,
        date_diff('day', incident_counts.period_start, incident_counts.period_end) + 1 AS days,
        year(incident_counts.period_start) AS year,
        date_diff('month', incident_counts.period_start, (incident_counts.period_end + INTERVAL 1 DAY)::DATE) AS months,
        day(incident_counts.period_start) = 1 AND incident_counts.period_end = last_day(incident_counts.period_end) AS whole_months
    FROM incident_counts
    LEFT JOIN ref_series ON incident_counts.series = ref_series.code
    LEFT JOIN ref_dimensions ON incident_counts.dimension = ref_dimensions.code
)

SELECT
    *,
    count / days AS per_day,
    CASE
        WHEN period_end IS NULL THEN strftime(period_start, '%Y-%m-%d') || '/..'
        WHEN whole_months AND months = 12 AND month(period_start) = 1 THEN year::VARCHAR
        WHEN whole_months AND months = 6 AND month(period_start) IN (1, 7) THEN year || '-H' || (month(period_start) // 6 + 1)
        WHEN whole_months AND months = 3 AND month(period_start) % 3 = 1 THEN year || '-Q' || (month(period_start) // 3 + 1)
        WHEN whole_months AND months = 1 THEN strftime(period_start, '%Y-%m')
        ELSE strftime(period_start, '%Y-%m-%d') || '/' || strftime(period_end, '%Y-%m-%d')
    END AS period,
    count(*) OVER same_thing > 1 AS conflict
FROM measured
WINDOW same_thing AS (
    PARTITION BY series, dimension, period_start, period_end, CASE WHEN dimension = 'total' THEN '' ELSE value_name END
);

-- Which sectors, types or severities were counted in each period, and what part of all counts of that period are they?
-- $series: the series that counts. Default: cert-ua-processed.
-- $dimension: sector, type or severity. Default: sector.
WITH totals AS (
    SELECT
        series,
        period,
        max(count) AS total
    FROM counted_attacks
    WHERE dimension = 'total' AND NOT conflict
    GROUP BY series, period
)

SELECT
    counted_attacks.count_id,
    counted_attacks.series,
    counted_attacks.series_name,
    counted_attacks.unit,
    counted_attacks.dimension,
    counted_attacks.dimension_name,
    counted_attacks.value_name,
    counted_attacks.period_start,
    counted_attacks.period_end,
    counted_attacks.period,
    counted_attacks.period AS period_label,
    counted_attacks.days,
    counted_attacks.count,
    counted_attacks.per_day,
    counted_attacks.conflict,
    counted_attacks.count / totals.total AS share_of_total,
    counted_attacks.source_url,
    counted_attacks.source_publisher,
    counted_attacks.source_date,
    counted_attacks.note,
    counted_attacks.file_name,
    counted_attacks.sheet,
    counted_attacks.row_number
FROM counted_attacks
LEFT JOIN totals ON counted_attacks.series = totals.series AND counted_attacks.period = totals.period
WHERE counted_attacks.series = $series AND counted_attacks.dimension = $dimension
ORDER BY counted_attacks.period_start DESC, counted_attacks.period DESC, counted_attacks.count DESC, counted_attacks.value_name

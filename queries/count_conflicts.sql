-- Which reports of the same count contradict each other?
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
    counted_attacks.source_url,
    counted_attacks.source_publisher,
    counted_attacks.source_date,
    counted_attacks.note,
    counted_attacks.file_name,
    counted_attacks.sheet,
    counted_attacks.row_number
FROM counted_attacks
WHERE counted_attacks.conflict
ORDER BY counted_attacks.series, counted_attacks.period_start, counted_attacks.count_id

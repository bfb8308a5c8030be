-- Who counts attacks on Ukraine, by which method?
SELECT
    ref_series.code AS series,
    ref_series.name,
    ref_series.counted_by,
    ref_series.method,
    ref_series.unit,
    ref_series.description,
    count(*) AS rows,
    min(counted_attacks.period_start) AS first,
    max(coalesce(counted_attacks.period_end, counted_attacks.period_start)) AS last
FROM ref_series
INNER JOIN counted_attacks ON ref_series.code = counted_attacks.series
GROUP BY ALL
ORDER BY count(*) DESC, ref_series.name

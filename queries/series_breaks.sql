-- When did the rules of counting change, so that counts before and after cannot be compared?
-- $series: only this series; NULL for all.
SELECT
    ref_series_breaks.series,
    ref_series.name AS series_name,
    ref_series_breaks.date,
    ref_series_breaks.date_first AS date_start,
    ref_series_breaks.what,
    ref_series_breaks.source_url
FROM ref_series_breaks
INNER JOIN ref_series ON ref_series_breaks.series = ref_series.code
WHERE $series IS NULL OR ref_series_breaks.series = $series
ORDER BY date_start

-- Which totals for the whole Mechanism have been reported, by whom and when?
SELECT
    reported_totals.total_id,
    reported_totals.reported_on,
    reported_totals.amount,
    reported_totals.currency,
    ref_qualifiers.name AS qualifier_name,
    ref_measures.name AS measure_name,
    reported_totals.scope,
    reported_totals.as_of,
    reported_totals.source_url,
    reported_totals.source_publisher,
    reported_totals.source_date,
    reported_totals.note,
    reported_totals.file_name,
    reported_totals.sheet,
    reported_totals.row_number
FROM reported_totals
INNER JOIN ref_measures ON reported_totals.measure = ref_measures.code
LEFT JOIN ref_qualifiers ON reported_totals.qualifier = ref_qualifiers.code
ORDER BY reported_totals.reported_on_first NULLS LAST, reported_totals.total_id

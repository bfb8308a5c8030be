-- What has been said to be needed, by whom and when?
SELECT
    needs.need_id,
    needs.need,
    needs.category,
    ref_categories.name AS category_name,
    needs.stated_by,
    needs.addressed_to_mechanism,
    ref_within_mechanism.name AS within_name,
    needs.stated_on,
    needs.source_url,
    needs.source_publisher,
    needs.source_date,
    needs.note,
    needs.file_name,
    needs.sheet,
    needs.row_number
FROM needs
LEFT JOIN ref_categories ON needs.category = ref_categories.code
LEFT JOIN ref_within_mechanism ON needs.addressed_to_mechanism = ref_within_mechanism.code
ORDER BY needs.need_id

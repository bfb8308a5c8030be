-- Which open needs could be met by what donors offer?
-- A suggestion by rule: the same kind of support, and an offer that is not over on the day of the release.
-- $categories (list): only needs of these categories; NULL for all.
SELECT
    need_states.need_id,
    need_states.need,
    ref_categories.name AS category_name,
    need_states.days_old,
    capabilities.capability_id,
    capabilities.donor_id,
    coalesce(donors.donor, names.name, capabilities.donor_id) AS donor,
    capabilities.organisation,
    capabilities.description,
    capabilities.available_from,
    capabilities.available_until,
    CASE
        WHEN capabilities.available_from_first > release.release_date THEN 'same_kind_later'
        WHEN capabilities.available_from IS NULL AND capabilities.available_until IS NULL THEN 'same_kind_no_date'
        ELSE 'same_kind_now'
    END AS match_reason,
    capabilities.source_url,
    capabilities.source_publisher,
    capabilities.file_name,
    capabilities.sheet,
    capabilities.row_number
FROM need_states
CROSS JOIN release
INNER JOIN capabilities ON need_states.category = capabilities.category
INNER JOIN ref_categories ON need_states.category = ref_categories.code
LEFT JOIN donors ON capabilities.donor_id = donors.donor_id
LEFT JOIN names ON capabilities.donor_id = names.code
WHERE
    need_states.state = 'open'
    AND (capabilities.available_until_last IS NULL OR capabilities.available_until_last >= release.release_date)
    AND ($categories IS NULL OR need_states.category IN $categories)
ORDER BY need_states.days_old DESC NULLS LAST, need_states.need_id, match_reason, capabilities.capability_id

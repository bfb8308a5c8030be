-- What has been said to be needed, by whom and when, and what has become of it?
-- $categories (list): only needs of these categories; NULL for all.
-- $sectors (list): only needs of one of these sectors; NULL for all.
-- $priorities (list): only needs that are high, medium, low or not_stated; NULL for all.
-- $states (list): only needs that are open, planned, under_way, delivered or unclear; NULL for all.
SELECT
    need_states.need_id,
    need_states.need,
    need_states.category,
    ref_categories.name AS category_name,
    need_states.sector,
    need_states.sector AS sector_name,
    need_states.priority,
    coalesce(ref_priorities.name, 'not_stated') AS priority_name,
    need_states.state,
    ref_need_states.name AS state_name,
    need_states.projects,
    need_states.projects_with_money,
    need_states.capabilities,
    need_states.stated_by,
    need_states.addressed_to_mechanism,
    ref_within_mechanism.name AS within_name,
    need_states.stated_on,
    need_states.days_old,
    need_states.source_url,
    need_states.source_publisher,
    need_states.source_date,
    need_states.note,
    need_states.file_name,
    need_states.sheet,
    need_states.row_number
FROM need_states
INNER JOIN ref_need_states ON need_states.state = ref_need_states.code
INNER JOIN codes ON codes.list = 'need_states' AND need_states.state = codes.code
LEFT JOIN ref_categories ON need_states.category = ref_categories.code
LEFT JOIN ref_priorities ON need_states.priority = ref_priorities.code
LEFT JOIN ref_within_mechanism ON need_states.addressed_to_mechanism = ref_within_mechanism.code
WHERE
    ($categories IS NULL OR need_states.category IN $categories)
    AND ($sectors IS NULL OR list_has_any(string_split(coalesce(need_states.sector, ''), '; '), $sectors::VARCHAR[]))
    AND ($priorities IS NULL OR coalesce(need_states.priority, 'not_stated') IN $priorities)
    AND ($states IS NULL OR need_states.state IN $states)
ORDER BY codes.position, ref_priorities."order"::INT NULLS LAST, need_states.days_old DESC NULLS LAST, need_states.need_id

-- Which stated needs do projects answer?
-- $donors (list): only projects with one of these donor ids; NULL for all.
-- $project: only the project of this id; NULL for all.
WITH answering AS (
    SELECT
        one.need_id,
        projects.project_id,
        projects.title
    FROM projects
    CROSS JOIN unnest(string_split(projects.need_ids, '; ')) AS one (need_id)
    WHERE
        ($donors IS NULL OR list_has_any(string_split(coalesce(projects.donor_ids, ''), '; '), $donors::VARCHAR[]))
        AND ($project IS NULL OR projects.project_id = $project)
)

SELECT
    needs.need_id,
    needs.need,
    needs.category,
    ref_categories.name AS category_name,
    needs.stated_by,
    needs.stated_on,
    count(*) AS projects,
    array_to_string(list(answering.title ORDER BY answering.project_id)[:20], '; ') AS project_titles,
    needs.source_url,
    needs.source_publisher,
    needs.source_date,
    needs.file_name,
    needs.sheet,
    needs.row_number
FROM answering
INNER JOIN needs ON answering.need_id = needs.need_id
LEFT JOIN ref_categories ON needs.category = ref_categories.code
GROUP BY ALL
ORDER BY projects DESC, needs.need_id

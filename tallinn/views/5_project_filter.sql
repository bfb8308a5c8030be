-- Which projects a reader has asked for, by listed_projects.filtered_by; every query about projects takes the same filters.
-- The linter takes the parameters of a macro for types.
-- noqa: disable=CP05
CREATE MACRO asked_for(project, chosen_categories, chosen_donors, chosen_statuses, chosen_within, chosen_delivery, search_text) AS (
    (chosen_categories IS NULL OR project.category IN chosen_categories)
    AND (chosen_donors IS NULL OR list_has_any(string_split(coalesce(project.donor_ids, ''), '; '), chosen_donors::VARCHAR[]))
    AND (chosen_statuses IS NULL OR coalesce(project.status, 'none') IN chosen_statuses)
    AND (chosen_within IS NULL OR project.within_mechanism IN chosen_within)
    AND (chosen_delivery IS NULL OR project.delivery IN chosen_delivery)
    AND (search_text IS NULL OR contains(project.searched, lower(search_text::VARCHAR)))
);

-- Which projects a reader has asked for; every query about projects takes the same filters.
CREATE MACRO asked_for(project, categories, chosen_donors, statuses, within, search) AS
    (categories IS NULL OR project.category IN categories)
    AND (chosen_donors IS NULL OR list_has_any(string_split(coalesce(project.donor_ids, ''), '; '), chosen_donors::VARCHAR []))
    AND (statuses IS NULL OR coalesce(project.status, 'none') IN statuses)
    AND (within IS NULL OR project.within_mechanism IN within)
    AND (search IS NULL OR contains(project.searched, lower(search::VARCHAR)));

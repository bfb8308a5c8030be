-- What happened when in the life of the Mechanism?
-- $project: only what belongs to the project of this id; NULL for all.
SELECT
    milestones.milestone_id,
    milestones.date,
    milestones.date_first AS date_start,
    milestones.date_last AS date_end,
    milestones.date_precision AS precision,
    milestones.title,
    milestones.description,
    milestones.category,
    milestones.project_ids,
    contains(coalesce(milestones.note, ''), 'CONFLICT') OR contains(coalesce(milestones.category, ''), 'conflict') AS conflict,
    milestones.note,
    milestones.source_url,
    milestones.source_publisher,
    milestones.source_date,
    milestones.file_name,
    milestones.sheet,
    milestones.row_number
FROM milestones
WHERE $project IS NULL OR list_contains(string_split(milestones.project_ids, '; '), $project::VARCHAR)
ORDER BY date_start, milestones.milestone_id

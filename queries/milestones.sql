-- What happened when in the life of the Mechanism?
SELECT
    milestones.milestone_id,
    milestones.date,
    milestones.date_first AS date_start,
    milestones.date_last AS date_end,
    milestones.date_precision AS precision,
    milestones.title,
    milestones.description,
    milestones.category,
    contains(coalesce(milestones.note, ''), 'CONFLICT') OR contains(coalesce(milestones.category, ''), 'conflict') AS conflict,
    milestones.note,
    milestones.source_url,
    milestones.source_publisher,
    milestones.source_date,
    milestones.file_name,
    milestones.sheet,
    milestones.row_number
FROM milestones
ORDER BY date_start, milestones.milestone_id

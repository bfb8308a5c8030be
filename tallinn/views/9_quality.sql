-- For each contribution and each project of a donor: which rules of quality it keeps. A project of several donors stands with each.
CREATE TABLE quality AS
WITH judged AS (
    SELECT
        donor_id,
        'contributions' AS dataset,
        contribution_id AS row_id,
        source_url,
        file_name,
        sheet,
        row_number,
        [
            { 'rule': 'amount', 'kept': amount IS NOT NULL AND currency IS NOT NULL },
            { 'rule': 'date', 'kept': value_date IS NOT NULL OR period IS NOT NULL },
            { 'rule': 'project', 'kept': project_ids IS NOT NULL },
            {
                'rule': 'contribution_source',
                'kept': source_url IS NOT NULL AND source_publisher IS NOT NULL AND source_date IS NOT NULL
            }
        ] AS rules
    FROM contributions
    UNION ALL BY NAME
    SELECT
        unnest(list_distinct(string_split(donor_ids, '; '))) AS donor_id,
        'projects' AS dataset,
        project_id AS row_id,
        source_url,
        file_name,
        sheet,
        row_number,
        [
            { 'rule': 'status', 'kept': status IS NOT NULL },
            {
                'rule': 'start_and_end',
                'kept': coalesce(actual_start, start, planned_start) IS NOT NULL
                AND coalesce(actual_end, "end", planned_end) IS NOT NULL
            },
            { 'rule': 'budget', 'kept': budget IS NOT NULL AND currency IS NOT NULL },
            { 'rule': 'kind', 'kept': category IS NOT NULL },
            { 'rule': 'carried_out_by', 'kept': implementers IS NOT NULL },
            {
                'rule': 'project_source',
                'kept': source_url IS NOT NULL AND source_publisher IS NOT NULL AND source_date IS NOT NULL
            }
        ] AS rules
    FROM projects
)

SELECT
    judged.* EXCLUDE (judged.rules),
    one.judgement.rule,
    one.judgement.kept
FROM judged
CROSS JOIN unnest(judged.rules) AS one (judgement);

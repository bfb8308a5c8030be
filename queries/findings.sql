-- What was remarked on the rows that were accepted, by kind?
-- Of files all of whose rows are seen here. A row can be remarked on more than once.
SELECT
    remarks.rule,
    ref_rules.name AS rule_name,
    ref_rules.level,
    CASE ref_rules.level WHEN 'warning' THEN 'worth_a_look' ELSE 'for_information' END AS level_name,
    count(DISTINCT remarks.submission_id) AS files,
    sum(remarks.rows)::BIGINT AS remarks,
    string_agg(DISTINCT submissions.file_name, '; ' ORDER BY submissions.file_name) AS file_names
FROM remarks
INNER JOIN ref_rules ON remarks.rule = ref_rules.code
INNER JOIN submissions ON remarks.submission_id = submissions.submission_id
GROUP BY remarks.rule, ref_rules.name, ref_rules.level
ORDER BY CASE ref_rules.level WHEN 'warning' THEN 1 ELSE 2 END, remarks DESC, ref_rules.name

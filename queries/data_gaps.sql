-- Which rows lack what a rule of quality asks for?
-- $rule: only this rule, as data_quality names it; NULL for all.
-- $donors (list): only these donor ids; NULL for all.
SELECT
    quality.row_id,
    donors.donor_id,
    donors.donor,
    quality.dataset,
    quality.dataset AS dataset_name,
    quality.rule,
    ref_quality_rules.name AS rule_name,
    quality.source_url,
    quality.file_name,
    quality.sheet,
    quality.row_number
FROM quality
INNER JOIN donors ON quality.donor_id = donors.donor_id
INNER JOIN ref_quality_rules ON quality.rule = ref_quality_rules.code
WHERE
    NOT quality.kept
    AND ($rule IS NULL OR quality.rule = $rule)
    AND ($donors IS NULL OR donors.donor_id IN $donors)
ORDER BY donors.donor, quality.dataset, quality.row_id, quality.rule

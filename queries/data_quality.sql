-- How complete and traceable are the rows of each donor, rule by rule?
-- $donors (list): only these donor ids; NULL for all.
SELECT
    donors.donor_id,
    donors.donor,
    quality.dataset,
    quality.dataset AS dataset_name,
    quality.rule,
    ref_quality_rules.name AS rule_name,
    ref_quality_rules.remedy AS remedy_name,
    count(*) FILTER (WHERE quality.kept) AS rows_good,
    count(*) AS of_rows,
    count(*) FILTER (WHERE quality.kept) / count(*) AS share_good
FROM quality
INNER JOIN donors ON quality.donor_id = donors.donor_id
INNER JOIN ref_quality_rules ON quality.rule = ref_quality_rules.code
INNER JOIN codes ON codes.list = 'quality_rules' AND quality.rule = codes.code
WHERE $donors IS NULL OR donors.donor_id IN $donors
GROUP BY donors.donor_id, donors.donor, quality.dataset, quality.rule, ref_quality_rules.name, ref_quality_rules.remedy, codes.position
ORDER BY codes.position, donors.donor

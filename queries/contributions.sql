-- Which contributions are on file, what are they worth in euro, and which of them count?
-- $scope: mechanism, or related for related civilian cyber support as well. Default: mechanism.
-- $donors (list): only these donor ids; NULL for all.
-- $project: only those that pay for the project of this id; NULL for all.
SELECT
    money.contribution_id,
    money.donor_id,
    donors.donor,
    money.stage,
    ref_stages.name AS stage_name,
    money.purpose,
    money.channel,
    money.project_ids,
    money.amount,
    money.currency,
    money.in_kind,
    money.value_date,
    money.period,
    money.period_as_stated,
    money.amount_eur,
    money.rate,
    money.rate_date,
    money.rate_basis,
    money.rate_period,
    money.counts,
    money.reason,
    ref_count_reasons.name AS reason_name,
    money.realises,
    money.duplicate_of,
    money.within_mechanism,
    ref_within_mechanism.name AS within_name,
    money.confidence,
    money.source_url,
    money.source_publisher,
    money.source_date,
    money.note,
    coalesce(money.tlp, 'TLP:AMBER') AS tlp,
    money.file_name,
    money.sheet,
    money.row_number
FROM money
INNER JOIN donors ON money.donor_id = donors.donor_id
INNER JOIN ref_stages ON money.stage = ref_stages.code
LEFT JOIN ref_count_reasons ON money.reason = ref_count_reasons.code
LEFT JOIN ref_within_mechanism ON money.within_mechanism = ref_within_mechanism.code
WHERE
    money.scope = $scope
    AND ($donors IS NULL OR money.donor_id IN $donors)
    AND ($project IS NULL OR list_contains(string_split(money.project_ids, '; '), $project::VARCHAR))
ORDER BY money.counts DESC, donors.donor, money.contribution_id

-- Who has pledged, committed and paid how much for the project?
-- Money that pays for several projects together is not divided: it is counted in rows_shared and in no sum.
-- $project: only the project of this id; NULL for all.
SELECT
    project_money.project_id,
    project_money.donor_id,
    donors.donor,
    sum(project_money.amount_eur) FILTER (
        WHERE project_money.alone AND project_money.counts AND project_money.stage = 'pledge'
    ) AS pledged_eur,
    sum(project_money.committed_eur) AS committed_eur,
    sum(project_money.disbursed_eur) AS disbursed_eur,
    sum(coalesce(project_money.committed_eur, 0) - coalesce(project_money.disbursed_eur, 0))
    FILTER (WHERE coalesce(project_money.committed_eur, project_money.disbursed_eur) IS NOT NULL) AS not_yet_disbursed_eur,
    sum(project_money.pledged_not_committed_eur) FILTER (WHERE project_money.alone) AS pledged_not_committed_eur,
    count(*) AS rows_on_file,
    count(*) FILTER (WHERE project_money.alone AND project_money.counts) AS rows_counted,
    count(*) FILTER (WHERE NOT project_money.alone) AS rows_shared,
    count(*) FILTER (WHERE project_money.alone AND project_money.reason IN ('no_exchange_rate', 'amount_unknown', 'in_kind_without_value'))
        AS rows_without_amount
FROM project_money
INNER JOIN donors ON project_money.donor_id = donors.donor_id
WHERE $project IS NULL OR project_money.project_id = $project
GROUP BY project_money.project_id, project_money.donor_id, donors.donor
ORDER BY committed_eur DESC NULLS LAST, pledged_eur DESC NULLS LAST, donors.donor

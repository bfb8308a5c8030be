-- What has each donor pledged, committed and paid, and what part of all itemised commitments is it?
-- $scope: mechanism, or related for related civilian cyber support as well. Default: mechanism.
-- $donors (list): only these donor ids; NULL for all.
WITH given AS (
    SELECT
        donors.donor_id,
        donors.donor,
        donors.role,
        sum(money.amount_eur) FILTER (WHERE money.counts AND money.stage = 'pledge') AS pledged_eur,
        sum(money.pledged_not_committed_eur) AS pledged_not_committed_eur,
        sum(money.committed_eur) AS committed_eur,
        sum(money.disbursed_eur) AS disbursed_eur,
        count(money.contribution_id) AS rows_on_file,
        count(money.contribution_id) FILTER (WHERE money.counts) AS rows_counted,
        count(money.contribution_id) FILTER (WHERE money.reason = 'no_exchange_rate') AS rows_without_rate
    FROM donors
    LEFT JOIN money ON donors.donor_id = money.donor_id AND money.scope = $scope
    GROUP BY donors.donor_id, donors.donor, donors.role
),

compared AS (
    SELECT
        *,
        committed_eur / nullif(sum(committed_eur) OVER (), 0) AS share_of_committed,
        CASE WHEN committed_eur IS NOT NULL THEN rank() OVER (ORDER BY committed_eur DESC NULLS LAST) END AS place,
        count(committed_eur) OVER () AS donors_committed
    FROM given
),

running AS (
    SELECT
        one.donor_id,
        count(*) AS projects,
        count(*) FILTER (WHERE listed_projects.status = '2') AS projects_under_way,
        count(*) FILTER (WHERE listed_projects.delivery = 'late') AS projects_late
    FROM listed_projects
    CROSS JOIN unnest(list_distinct(string_split(listed_projects.donor_ids, '; '))) AS one (donor_id)
    GROUP BY one.donor_id
)

SELECT
    compared.donor_id,
    compared.donor,
    compared.role,
    compared.pledged_eur,
    compared.pledged_not_committed_eur,
    compared.committed_eur,
    compared.disbursed_eur,
    CASE
        WHEN coalesce(compared.committed_eur, compared.disbursed_eur) IS NOT NULL
            THEN coalesce(compared.committed_eur, 0) - coalesce(compared.disbursed_eur, 0)
    END AS not_yet_disbursed_eur,
    compared.share_of_committed,
    compared.place,
    compared.donors_committed,
    compared.rows_on_file,
    compared.rows_counted,
    compared.rows_without_rate,
    coalesce(running.projects, 0) AS projects,
    coalesce(running.projects_under_way, 0) AS projects_under_way,
    coalesce(running.projects_late, 0) AS projects_late,
    freshness.freshness,
    freshness.figures_of
FROM compared
INNER JOIN freshness ON compared.donor_id = freshness.donor_id
LEFT JOIN running ON compared.donor_id = running.donor_id
WHERE ($donors IS NULL OR compared.donor_id IN $donors)
ORDER BY compared.donor

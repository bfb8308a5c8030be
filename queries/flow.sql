-- Which way does the money take: from donors through channels and implementers to kinds of support and sectors?
-- Each euro once: what pays for several implementers, kinds or sectors goes to "several" and is not divided. The eight largest of a
-- column stand alone, the rest together. What has no exchange rate goes its way without an amount.
-- $scope: mechanism, or related for related civilian cyber support as well. Default: mechanism.
-- $stage: commitment, disbursement, or pledge for what is pledged and not committed yet. Default: commitment.
-- $donors (list): only these donor ids; NULL for all.
-- $categories (list): only money for these kinds of support; NULL for all.
WITH linked AS (
    SELECT
        money.contribution_id,
        CASE
            WHEN count(DISTINCT projects.implementers) > 1 OR bool_or(contains(projects.implementers, '; ')) THEN 'several'
            ELSE min(projects.implementers)
        END AS implementer,
        CASE WHEN count(DISTINCT projects.category) > 1 THEN 'several_categories' ELSE min(projects.category) END AS category,
        CASE
            WHEN count(DISTINCT projects.sector) > 1 OR bool_or(contains(projects.sector, '; ')) THEN 'several'
            ELSE min(projects.sector)
        END AS sector
    FROM money
    CROSS JOIN unnest(string_split(money.project_ids, '; ')) AS one (project_id)
    INNER JOIN projects ON one.project_id = projects.project_id
    WHERE money.scope = $scope
    GROUP BY money.contribution_id
),

amounts AS (
    SELECT
        contribution_id,
        donor_id,
        coalesce(channel, 'not_stated') AS channel,
        CASE $stage
            WHEN 'disbursement' THEN disbursed_eur
            WHEN 'pledge' THEN pledged_not_committed_eur
            ELSE committed_eur
        END AS amount_eur,
        reason = 'no_exchange_rate' AND CASE $stage
            WHEN 'disbursement' THEN stage_order >= 3
            WHEN 'pledge' THEN stage = 'pledge'
            ELSE stage_order >= 2
        END AS without_rate
    FROM money
    WHERE scope = $scope AND ($donors IS NULL OR donor_id IN $donors)
),

paths AS (
    SELECT
        amounts.amount_eur,
        amounts.without_rate,
        [
            amounts.donor_id,
            amounts.channel,
            coalesce(linked.implementer, 'not_stated'),
            coalesce(linked.category, 'not_stated'),
            coalesce(linked.sector, 'not_stated')
        ] AS stops
    FROM amounts
    LEFT JOIN linked ON amounts.contribution_id = linked.contribution_id
    WHERE
        (amounts.amount_eur <> 0 OR amounts.without_rate)
        AND ($categories IS NULL OR coalesce(linked.category, 'not_stated') IN $categories)
),

columns_of AS (
    SELECT unnest([1, 2, 3, 4, 5]) AS position
),

ranked AS (
    SELECT
        columns_of.position,
        paths.stops[columns_of.position] AS stop,
        row_number() OVER (
            PARTITION BY columns_of.position
            ORDER BY
                paths.stops[columns_of.position] NOT IN ('not_stated', 'several', 'several_categories') DESC,
                sum(paths.amount_eur) DESC NULLS LAST, paths.stops[columns_of.position]
        ) AS place
    FROM paths
    CROSS JOIN columns_of
    GROUP BY columns_of.position, paths.stops[columns_of.position]
),

named AS (
    SELECT
        position,
        stop,
        CASE
            WHEN position = 1 OR place <= 8 OR stop IN ('not_stated', 'several', 'several_categories') THEN stop
            ELSE 'others'
        END AS shown
    FROM ranked
)

SELECT
    here.position,
    here.shown AS source,
    coalesce(donors.donor, here_category.name, here.shown) AS source_name,
    there.shown AS target,
    coalesce(there_category.name, there.shown) AS target_name,
    sum(paths.amount_eur) AS amount_eur,
    count(*) AS rows,
    count(*) FILTER (WHERE paths.without_rate) AS rows_without_rate
FROM paths
INNER JOIN named AS here ON here.position < 5 AND paths.stops[here.position] = here.stop
INNER JOIN named AS there ON here.position + 1 = there.position AND paths.stops[there.position] = there.stop
LEFT JOIN donors ON here.position = 1 AND here.shown = donors.donor_id
LEFT JOIN ref_categories AS here_category ON here.position = 4 AND here.shown = here_category.code
LEFT JOIN ref_categories AS there_category ON there.position = 4 AND there.shown = there_category.code
GROUP BY ALL
ORDER BY here.position, amount_eur DESC NULLS LAST, source, target

-- Which way does the money take: from donors through channels and implementers to kinds of support and sectors?
-- Each euro once: what pays for several implementers, kinds or sectors goes to "several" and is not divided. The eight largest of a
-- column stand alone, the rest together. What has no exchange rate goes its way without an amount.
-- $scope: mechanism, or related for related civilian cyber support as well. Default: mechanism.
-- $stage: commitment, disbursement, or pledge for what is pledged and not committed yet. Default: commitment.
-- $donors (list): only these donor ids; NULL for all.
-- $channels (list): only money through these channels; NULL for all.
-- $implementers (list): only money to these implementers; NULL for all.
-- $categories (list): only money for these kinds of support; NULL for all.
-- $sectors (list): only money for these sectors; NULL for all.
WITH amounts AS (
    SELECT
        contribution_id,
        donor_id,
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
        [amounts.donor_id, ways.channel, ways.implementer, ways.category, ways.sector] AS stops
    FROM amounts
    INNER JOIN ways ON amounts.contribution_id = ways.contribution_id
    WHERE
        (amounts.amount_eur <> 0 OR amounts.without_rate)
        AND ($channels IS NULL OR ways.channel IN $channels)
        AND ($implementers IS NULL OR ways.implementer IN $implementers)
        AND ($categories IS NULL OR ways.category IN $categories)
        AND ($sectors IS NULL OR ways.sector IN $sectors)
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
),

counted AS (
    SELECT
        *,
        count(*) OVER (PARTITION BY position, shown) AS stops
    FROM named
)

SELECT
    here.position,
    here.shown AS source,
    coalesce(donors.donor, here_category.name, here.shown) AS source_name,
    here.stops AS source_stops,
    there.shown AS target,
    coalesce(there_category.name, there.shown) AS target_name,
    there.stops AS target_stops,
    sum(paths.amount_eur) AS amount_eur,
    count(*) AS rows,
    count(*) FILTER (WHERE paths.without_rate) AS rows_without_rate
FROM paths
INNER JOIN counted AS here ON here.position < 5 AND paths.stops[here.position] = here.stop
INNER JOIN counted AS there ON here.position + 1 = there.position AND paths.stops[there.position] = there.stop
LEFT JOIN donors ON here.position = 1 AND here.shown = donors.donor_id
LEFT JOIN ref_categories AS here_category ON here.position = 4 AND here.shown = here_category.code
LEFT JOIN ref_categories AS there_category ON there.position = 4 AND there.shown = there_category.code
GROUP BY ALL
ORDER BY here.position, amount_eur DESC NULLS LAST, source, target

-- What is not known?
WITH unknown_rows AS (
    SELECT 'no_exchange_rate' AS item, contribution_id AS name, reason = 'no_exchange_rate' AS applies
    FROM money
    WHERE scope = 'mechanism'
    UNION ALL
    SELECT 'no_date' AS item, contribution_id AS name, value_date IS NULL AND period IS NULL AS applies
    FROM contributions
    UNION ALL
    SELECT 'no_value' AS item, contribution_id AS name, amount IS NULL AS applies
    FROM contributions
    WHERE in_kind
    UNION ALL
    SELECT 'contradicting_reports' AS item, contribution_id AS name, duplicate_of IS NOT NULL AS applies
    FROM contributions
    UNION ALL
    SELECT
        'donors_unpublished' AS item,
        donors.donor AS name,
        NOT EXISTS (
            SELECT 1
            FROM contributions
            WHERE contributions.donor_id = donors.donor_id AND contributions.within_mechanism = 'yes'
        ) AS applies
    FROM donors
    WHERE donors.role = 'member'
    UNION ALL
    SELECT 'projects_without_status' AS item, project_id AS name, status IS NULL AS applies
    FROM projects
    UNION ALL
    SELECT 'projects_without_start' AS item, project_id AS name, start IS NULL AS applies
    FROM listed_projects
    UNION ALL
    SELECT 'projects_without_budget' AS item, project_id AS name, budget IS NULL AS applies
    FROM projects
    UNION ALL
    SELECT 'counts_without_end' AS item, count_id AS name, period_end IS NULL AS applies
    FROM incident_counts
    UNION ALL
    SELECT 'contradicting_counts' AS item, count_id AS name, conflict AS applies
    FROM counted_attacks
    UNION ALL
    SELECT 'incidents_without_severity' AS item, incident_id AS name, severity IS NULL AS applies
    FROM incidents
),

counted AS (
    SELECT
        item,
        count(*) FILTER (WHERE applies) AS rows,
        count(*) AS of_rows,
        array_to_string(list(name ORDER BY name) FILTER (WHERE applies)[:50], ', ')
        || CASE WHEN count(*) FILTER (WHERE applies) > 50 THEN ', …' ELSE '' END AS detail
    FROM unknown_rows
    GROUP BY item
),

not_itemised AS (
    SELECT
        'reported_not_itemised' AS item,
        max_by(reported_totals.amount, (reported_totals.reported_on_first, reported_totals.total_id)) AS reported_eur
    FROM reported_totals
    WHERE reported_totals.measure = 'cumulative' AND reported_totals.currency = 'EUR' AND reported_totals.reported_on IS NOT NULL
),

itemised AS (
    SELECT coalesce(sum(committed_eur), 0) + coalesce(sum(pledged_not_committed_eur), 0) AS itemised_eur
    FROM money
    WHERE scope = 'mechanism'
)

SELECT
    ref_not_known.code AS item,
    ref_not_known.topic,
    ref_not_known.name AS label,
    counted.rows,
    counted.of_rows,
    not_itemised.reported_eur - itemised.itemised_eur AS amount_eur,
    not_itemised.reported_eur AS of_eur,
    counted.detail
FROM ref_not_known
LEFT JOIN counted ON ref_not_known.code = counted.item
LEFT JOIN not_itemised ON ref_not_known.code = not_itemised.item
CROSS JOIN itemised
WHERE counted.rows > 0 OR not_itemised.reported_eur > itemised.itemised_eur
ORDER BY ref_not_known."order"::INT

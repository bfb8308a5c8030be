-- What each rule about delivery (data/reference/delivery_rules.csv) says of each project on the day of the release.
-- state: yes, no, unknown, or not_applicable where the project has ended, was given up or is not under way; why: what decided it.
-- Dates known to a month or a year are read in favour of the project. Shares of time and of money are of 1.
CREATE TABLE project_delivery AS
WITH life AS (
    SELECT
        projects.project_id,
        any_value(projects.status) AS status,
        any_value(release.release_date) AS today,
        max(dates.first_day) FILTER (WHERE dates.kind = 'planned_start') AS planned_start_first,
        max(dates.last_day) FILTER (WHERE dates.kind = 'planned_start') AS planned_start_last,
        max(dates.first_day) FILTER (WHERE dates.kind = 'actual_start') AS actual_start_first,
        max(dates.last_day) FILTER (WHERE dates.kind = 'planned_end') AS planned_end_last,
        coalesce(bool_or(dates.kind = 'actual_end'), FALSE) OR coalesce(any_value(projects.status) IN ('3', '4', '5'), FALSE) AS is_over
    FROM projects
    CROSS JOIN release
    LEFT JOIN project_dates AS dates ON projects.project_id = dates.project_id
    GROUP BY projects.project_id
),

spent AS (
    SELECT
        project_id,
        sum(committed_eur) AS committed_eur,
        sum(disbursed_eur) AS disbursed_eur,
        bool_or(counts AND NOT alone) AS shares_money,
        bool_or(coalesce(reason IN ('no_exchange_rate', 'amount_unknown', 'in_kind_without_value'), FALSE)) AS lacks_amounts
    FROM project_money
    GROUP BY project_id
),

starting AS (
    SELECT
        project_id,
        'late_start' AS rule,
        CASE
            WHEN is_over THEN 'over'
            WHEN planned_start_last IS NULL THEN 'no_planned_start'
            WHEN actual_start_first IS NOT NULL THEN 'began'
            WHEN status = '1' OR planned_start_last >= today THEN 'not_begun'
            ELSE 'no_actual_start'
        END AS why,
        coalesce(actual_start_first, today) - planned_start_last AS days,
        NULL::DOUBLE AS paid,
        NULL::DOUBLE AS elapsed
    FROM life
),

ending AS (
    SELECT
        project_id,
        'past_end' AS rule,
        CASE
            WHEN is_over THEN 'over'
            WHEN planned_end_last IS NULL THEN 'no_planned_end'
            WHEN status IS NOT NULL OR planned_end_last >= today THEN 'not_ended'
            ELSE 'no_status'
        END AS why,
        today - planned_end_last AS days,
        NULL::DOUBLE AS paid,
        NULL::DOUBLE AS elapsed
    FROM life
),

pace AS (
    SELECT
        life.project_id,
        CASE
            WHEN life.is_over THEN 'over'
            WHEN life.status IS NULL THEN 'no_status'
            WHEN life.status <> '2' THEN 'not_under_way'
            WHEN coalesce(life.actual_start_first, life.planned_start_first) < life.planned_end_last IS NOT TRUE THEN 'no_dates'
            WHEN spent.shares_money THEN 'shared_money'
            WHEN spent.lacks_amounts THEN 'no_amount'
            WHEN spent.committed_eur > 0 IS NOT TRUE THEN 'no_commitment'
            WHEN spent.disbursed_eur IS NULL THEN 'no_payment'
            ELSE 'paid'
        END AS why,
        NULL::BIGINT AS days,
        spent.disbursed_eur / nullif(spent.committed_eur, 0) AS paid,
        greatest(
            least(
                (life.today - coalesce(life.actual_start_first, life.planned_start_first))
                / nullif(life.planned_end_last - coalesce(life.actual_start_first, life.planned_start_first), 0),
                1
            ),
            0
        ) AS elapsed
    FROM life
    LEFT JOIN spent ON life.project_id = spent.project_id
),

looked_at AS (
    SELECT * FROM starting
    UNION ALL
    SELECT * FROM ending
    UNION ALL
    SELECT project_id, 'paid_slower' AS rule, why, days, paid, elapsed FROM pace
    UNION ALL
    SELECT project_id, 'paid_faster' AS rule, why, days, paid, elapsed FROM pace
),

measured AS (
    SELECT
        looked_at.*,
        rules.threshold::INT AS threshold,
        looked_at.why IN ('began', 'not_begun', 'not_ended', 'paid') AS is_known,
        CASE looked_at.rule
            WHEN 'paid_slower' THEN 100 * (looked_at.elapsed - looked_at.paid)
            WHEN 'paid_faster' THEN 100 * (looked_at.paid - looked_at.elapsed)
            ELSE looked_at.days
        END AS beyond
    FROM looked_at
    INNER JOIN ref_delivery_rules AS rules ON looked_at.rule = rules.code
)

SELECT
    project_id,
    rule,
    threshold,
    CASE
        WHEN why IN ('over', 'not_under_way') THEN 'not_applicable'
        WHEN NOT is_known THEN 'unknown'
        WHEN beyond > threshold THEN 'yes'
        ELSE 'no'
    END AS state,
    why,
    CASE WHEN is_known THEN days END AS days,
    CASE WHEN is_known THEN paid END AS paid,
    CASE WHEN is_known THEN elapsed END AS elapsed
FROM measured;

-- How recent each donor's figures are on the day of the release, by the interval at which the office expects a report.
-- A donor's own last report counts. Of a donor that never reported itself the newest public source is told, and nothing is overdue:
-- there is no report that could be late.
-- A source that has only a month or a year counts from its first day. A donor without a row that is seen here is unknown.
CREATE TABLE freshness AS
WITH sources AS (
    SELECT
        donor_id,
        max(source_date_first) AS sourced_on
    FROM contributions
    GROUP BY donor_id
),

dated AS (
    SELECT
        donors.donor_id,
        reports.reported_on IS NOT NULL AS reported_itself,
        coalesce(reports.reported_on, sources.sourced_on) AS figures_of,
        coalesce(own.every_days, usual.every_days)::INT AS every_days,
        coalesce(own.grace_days, usual.grace_days)::INT AS grace_days,
        release.release_date - coalesce(reports.reported_on, sources.sourced_on) AS days_old
    FROM donors
    LEFT JOIN sources ON donors.donor_id = sources.donor_id
    LEFT JOIN reports ON donors.donor_id = reports.donor_id
    LEFT JOIN ref_reporting_frequency AS own ON donors.donor_id = own.code
    LEFT JOIN ref_reporting_frequency AS usual ON usual.code = 'others'
    CROSS JOIN release
)

SELECT
    donor_id,
    reported_itself,
    figures_of,
    every_days,
    days_old,
    CASE
        WHEN days_old IS NULL THEN 'unknown'
        WHEN NOT reported_itself THEN 'sources'
        WHEN days_old <= every_days THEN 'fresh'
        WHEN days_old <= every_days + grace_days THEN 'due'
        ELSE 'overdue'
    END AS freshness
FROM dated;

-- Notable incidents by list, day and kind: what is asked of a million of them is asked of these.
-- A source with many incidents is a list of its own; the others together are a collection. Lists are never added up.
CREATE TABLE incident_cells AS
WITH sized AS (
    SELECT
        *,
        count(*) OVER (PARTITION BY source_publisher) AS of_source
    FROM incidents
)

SELECT
    CASE WHEN source_publisher IS NOT NULL AND of_source >= 100 THEN source_publisher ELSE 'collected' END AS list,
    date_first,
    date_last,
    sector,
    type,
    severity,
    count(*) AS incidents
FROM sized
GROUP BY ALL;

-- Each incident with the list that it belongs to.
CREATE VIEW listed_incidents AS
SELECT
    *,
    CASE WHEN source_publisher IN (SELECT list FROM incident_cells) THEN source_publisher ELSE 'collected' END AS list
FROM incidents;

-- The first day of the day, week, month, quarter or year in which a day lies; of the month for any other word.
-- The linter takes the parameters of a macro for types.
-- noqa: disable=CP05
CREATE MACRO period_of(day_in_it, unit) AS (
    CASE unit
        WHEN 'day' THEN day_in_it
        WHEN 'week' THEN date_trunc('week', day_in_it)
        WHEN 'quarter' THEN date_trunc('quarter', day_in_it)
        WHEN 'year' THEN date_trunc('year', day_in_it)
        ELSE date_trunc('month', day_in_it)
    END::DATE
);

CREATE MACRO length_of(unit) AS (
    CASE unit
        WHEN 'day' THEN INTERVAL 1 DAY
        WHEN 'week' THEN INTERVAL 7 DAY
        WHEN 'quarter' THEN INTERVAL 3 MONTH
        WHEN 'year' THEN INTERVAL 1 YEAR
        ELSE INTERVAL 1 MONTH
    END
);

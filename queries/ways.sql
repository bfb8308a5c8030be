-- Which channels, implementers and sectors does the money name?
-- $scope: mechanism, or related for related civilian cyber support as well. Default: mechanism.
WITH stops AS (
    SELECT
        unnest(['channel', 'implementer', 'sector']) AS part,
        unnest([ways.channel, ways.implementer, ways.sector]) AS stop
    FROM ways
    INNER JOIN money ON ways.contribution_id = money.contribution_id
    WHERE money.scope = $scope
)

SELECT
    part,
    stop,
    stop AS stop_name,
    count(*) AS contributions
FROM stops
WHERE stop NOT IN ('not_stated', 'several')
GROUP BY part, stop
ORDER BY part, stop

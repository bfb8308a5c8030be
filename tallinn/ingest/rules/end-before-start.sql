-- The end is before the start.
SELECT
    ordered.i,
    ordered.field,
    ordered.last AS shown,
    ordered.first AS start -- noqa: RF04
FROM ordered
INNER JOIN days AS begins ON ordered.first = begins.text
INNER JOIN days AS ends ON ordered.last = ends.text
WHERE ends.last_day < begins.first_day

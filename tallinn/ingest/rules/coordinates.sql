-- A text holds coordinates of a place.
SELECT
    i,
    field,
    trim(regexp_extract(text, $pattern)) AS shown
FROM written
WHERE (contains(text, '.') OR contains(text, '°')) AND regexp_matches(text, $pattern)

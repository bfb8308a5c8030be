-- A text holds coordinates of a place.
SELECT
    i,
    field,
    trim(regexp_extract(text, $pattern)) AS shown
FROM written
WHERE regexp_matches(text, '[.°]') AND regexp_matches(text, $pattern)

-- A text holds an IP address.
SELECT
    i,
    field,
    trim(regexp_extract(text, $pattern)) AS shown
FROM written
WHERE regexp_matches(text, $pattern)

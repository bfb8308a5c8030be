-- A text holds an IP address.
SELECT
    i,
    field,
    trim(regexp_extract(text, $pattern)) AS shown
FROM written
WHERE (contains(text, '.') OR contains(text, ':')) AND regexp_matches(text, '[.:][0-9a-fA-F]+[.:]') AND regexp_matches(text, $pattern)

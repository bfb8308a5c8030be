-- A text holds a telephone number.
SELECT
    i,
    field,
    trim(regexp_extract(text, $pattern)) AS shown
FROM written
WHERE (contains(text, '+') OR contains(text, '0') OR contains(text, '(')) AND regexp_matches(text, $pattern)

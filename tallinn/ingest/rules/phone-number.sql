-- A text holds a telephone number.
SELECT
    i,
    field,
    trim(regexp_extract(text, $pattern)) AS shown
FROM written
WHERE regexp_matches(text, '[+0(]') AND regexp_matches(text, $pattern)

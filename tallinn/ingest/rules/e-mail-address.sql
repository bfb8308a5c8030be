-- A text holds an e-mail address.
SELECT
    i,
    field,
    trim(regexp_extract(text, $pattern)) AS shown
FROM written
WHERE contains(text, '@') AND regexp_matches(text, $pattern)

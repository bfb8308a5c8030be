-- What do the codes of a list mean?
-- $list: the name of the list, such as stages or count_reasons.
SELECT
    code,
    name,
    description
FROM codes
WHERE list = $list
ORDER BY position

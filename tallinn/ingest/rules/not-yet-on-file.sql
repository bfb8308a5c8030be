-- A row names a row of another dataset that may still come.
SELECT DISTINCT
    named.i,
    named.field,
    named.names AS shown
FROM named
ANTI JOIN known_keys ON named.dataset = known_keys.dataset AND named.names = known_keys.key
WHERE named.dataset <> $dataset

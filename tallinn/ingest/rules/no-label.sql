-- A row has no TLP label.
SELECT
    i,
    'tlp' AS field,
    NULL AS shown
FROM sent
WHERE tlp IS NULL

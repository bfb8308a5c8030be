-- The key belongs to a row of another sender.
SELECT
    sent.i,
    $key_field AS field,
    sent.key AS shown,
    coalesce(on_file.sender, 'the project office') AS sender
FROM sent
INNER JOIN on_file ON sent.key = on_file.key
WHERE on_file.sender IS DISTINCT FROM $sender

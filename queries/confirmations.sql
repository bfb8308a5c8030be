-- Which donors confirm or dispute their figures in this release, and since when?
-- $donors (list): only these donor ids; NULL for all.
SELECT
    confirmations.donor_id,
    donors.donor,
    confirmations.verdict,
    confirmations.stated_on
FROM confirmations
INNER JOIN donors ON confirmations.donor_id = donors.donor_id
WHERE ($donors IS NULL OR confirmations.donor_id IN $donors)
ORDER BY confirmations.stated_on DESC, donors.donor

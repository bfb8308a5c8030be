-- How recent are each donor's figures, and does the donor report itself?
-- $donors (list): only these donor ids; NULL for all.
SELECT
    freshness.donor_id,
    donors.donor,
    freshness.freshness,
    ref_freshness.name AS freshness_name,
    freshness.figures_of,
    CASE
        WHEN freshness.figures_of IS NULL THEN NULL
        WHEN freshness.reported_itself THEN 'own_report'
        ELSE 'public_sources'
    END AS known_from,
    freshness.days_old,
    freshness.every_days
FROM freshness
INNER JOIN donors ON freshness.donor_id = donors.donor_id
INNER JOIN ref_freshness ON freshness.freshness = ref_freshness.code
WHERE ($donors IS NULL OR freshness.donor_id IN $donors)
ORDER BY freshness.figures_of DESC NULLS LAST, donors.donor

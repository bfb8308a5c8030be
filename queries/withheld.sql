-- How many rows on file are not public, at least?
-- $dataset: projects or incidents. Default: projects.
SELECT
    withheld.dataset,
    withheld.dimension,
    CASE WHEN withheld.dimension = 'total' THEN 'all_rows' ELSE coalesce(codes.name, withheld.code, 'other') END AS name,
    withheld.at_least
FROM withheld
LEFT JOIN codes
    ON
        codes.list = CASE withheld.dimension WHEN 'status' THEN 'activity_status' WHEN 'category' THEN 'categories' END
        AND withheld.code = codes.code
WHERE withheld.dataset = $dataset
ORDER BY withheld.dimension <> 'total', withheld.dimension, withheld.at_least DESC, name

-- By which rules is a project late, and beyond which thresholds?
SELECT
    ref_delivery_rules.code,
    ref_delivery_rules.name,
    ref_delivery_rules.description,
    ref_delivery_rules.threshold::INT AS threshold,
    ref_delivery_rules.unit
FROM ref_delivery_rules
INNER JOIN codes ON codes.list = 'delivery_rules' AND ref_delivery_rules.code = codes.code
ORDER BY codes.position

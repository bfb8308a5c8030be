-- Which rules say that a project is late or out of step, and why?
-- state: yes, no, unknown or not_applicable; why: what decided it, or what is not known.
-- $project: only the project of this id; NULL for all.
SELECT
    project_delivery.project_id,
    project_delivery.rule,
    ref_delivery_rules.name AS rule_name,
    ref_delivery_rules.description,
    project_delivery.threshold,
    ref_delivery_rules.unit,
    project_delivery.state,
    project_delivery.why,
    project_delivery.days,
    project_delivery.paid,
    project_delivery.elapsed
FROM project_delivery
INNER JOIN ref_delivery_rules ON project_delivery.rule = ref_delivery_rules.code
INNER JOIN codes ON codes.list = 'delivery_rules' AND project_delivery.rule = codes.code
WHERE $project IS NULL OR project_delivery.project_id = $project
ORDER BY project_delivery.project_id, codes.position

-- What is checked in every file that is sent, and what is said about it?
SELECT
    code,
    level,
    name,
    template
FROM ref_rules
ORDER BY CASE level WHEN 'error' THEN 1 WHEN 'warning' THEN 2 ELSE 3 END, name

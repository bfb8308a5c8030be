-- Which files were the rows taken from?
SELECT
    submissions.file_name,
    string_agg(DISTINCT sourced.dataset, ', ' ORDER BY sourced.dataset) AS datasets,
    count(*) AS rows,
    submissions.submitted_at,
    submissions.sha256
FROM submissions
INNER JOIN sourced ON submissions.submission_id = sourced.submission_id
GROUP BY submissions.submission_id, submissions.file_name, submissions.submitted_at, submissions.sha256
ORDER BY submissions.file_name, submissions.submitted_at

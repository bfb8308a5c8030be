-- The four dates of a project's life (IATI activity dates), each as a source states it. Where a source gives a start or an end and does not
-- say whether that is the plan, the status on the day of the release tells: what has begun or ended by it is a fact, the rest is a plan.
-- What it cannot tell stays a start or an end of which nobody knows more.
CREATE TABLE project_dates AS
WITH said AS (
    SELECT
        projects.*,
        CASE
            WHEN projects.status = '1' OR projects.start_first > release.release_date THEN 'planned_start'
            WHEN projects.status IN ('2', '3', '4') THEN 'actual_start'
            ELSE 'start'
        END AS kind_of_start,
        CASE
            WHEN projects.status IN ('1', '2', '6') OR projects.end_last > release.release_date THEN 'planned_end'
            WHEN projects.status IN ('3', '4') THEN 'actual_end'
            ELSE 'end'
        END AS kind_of_end
    FROM projects
    CROSS JOIN release
),

given AS (
    SELECT
        project_id,
        unnest(
            [
                {
                    'kind': 'planned_start',
                    'date': planned_start,
                    'first_day': planned_start_first,
                    'last_day': planned_start_last,
                    'precision': planned_start_precision,
                    'stated': TRUE
                },
                {
                    'kind': 'planned_end',
                    'date': planned_end,
                    'first_day': planned_end_first,
                    'last_day': planned_end_last,
                    'precision': planned_end_precision,
                    'stated': TRUE
                },
                {
                    'kind': 'actual_start',
                    'date': actual_start,
                    'first_day': actual_start_first,
                    'last_day': actual_start_last,
                    'precision': actual_start_precision,
                    'stated': TRUE
                },
                {
                    'kind': 'actual_end',
                    'date': actual_end,
                    'first_day': actual_end_first,
                    'last_day': actual_end_last,
                    'precision': actual_end_precision,
                    'stated': TRUE
                },
                {
                    'kind': kind_of_start,
                    'date': CASE WHEN start IS DISTINCT FROM planned_start THEN start END,
                    'first_day': start_first,
                    'last_day': start_last,
                    'precision': start_precision,
                    'stated': FALSE
                },
                {
                    'kind': kind_of_end,
                    'date': CASE WHEN "end" IS DISTINCT FROM planned_end THEN "end" END,
                    'first_day': end_first,
                    'last_day': end_last,
                    'precision': end_precision,
                    'stated': FALSE
                }
            ]
        ) AS told
    FROM said
)

SELECT
    given.project_id,
    given.told.kind,
    given.told.date,
    given.told.first_day,
    given.told.last_day,
    given.told.precision,
    given.told.stated
FROM given
WHERE given.told.date IS NOT NULL
QUALIFY row_number() OVER (PARTITION BY given.project_id, given.told.kind ORDER BY given.told.stated DESC) = 1;

-- The money of each project, also where it is related support. What pays for several projects together is not divided: `alone` is false.
-- Within a project, too, money counts from the stage at which it is first reported for it: a payment of a commitment that does not name the
-- project is committed to it as well as paid, so committed = paid + not yet paid.
CREATE TABLE project_money AS
WITH RECURSIVE named AS (
    SELECT
        *,
        list_distinct(string_split(project_ids, '; ')) AS projects_named
    FROM money
    WHERE scope = 'related' AND project_ids IS NOT NULL
),

own AS (
    SELECT
        unnest(projects_named) AS project_id,
        * EXCLUDE (projects_named),
        len(projects_named) = 1 AS alone
    FROM named
),

earlier AS (
    SELECT
        project_id,
        contribution_id,
        realises AS earlier_id
    FROM own
    WHERE alone AND realises IS NOT NULL
    UNION
    SELECT
        earlier.project_id,
        earlier.contribution_id,
        money.realises AS earlier_id
    FROM earlier
    INNER JOIN money ON earlier.earlier_id = money.contribution_id
    WHERE money.scope = 'related' AND money.realises IS NOT NULL
),

nearest AS (
    SELECT
        earlier.project_id,
        earlier.contribution_id,
        max(own.stage_order) AS stage_order
    FROM earlier
    INNER JOIN own ON earlier.project_id = own.project_id AND earlier.earlier_id = own.contribution_id
    WHERE own.alone AND own.counts
    GROUP BY earlier.project_id, earlier.contribution_id
)

SELECT
    own.* EXCLUDE (committed_eur, disbursed_eur),
    CASE
        WHEN own.alone AND own.counts AND 2 BETWEEN coalesce(nearest.stage_order, 0) + 1 AND own.stage_order THEN own.amount_eur
    END AS committed_eur,
    CASE
        WHEN own.alone AND own.counts AND 3 BETWEEN coalesce(nearest.stage_order, 0) + 1 AND own.stage_order THEN own.amount_eur
    END AS disbursed_eur
FROM own
LEFT JOIN nearest ON own.project_id = nearest.project_id AND own.contribution_id = nearest.contribution_id;

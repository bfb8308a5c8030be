-- What counts, in two scopes: the Mechanism alone, and with related civilian cyber support.
-- Each row counts or has exactly one reason why not: the first of these conditions that holds.
CREATE TABLE reasoned AS
WITH scopes AS (
    SELECT unnest(['mechanism', 'related']) AS scope
)

SELECT
    scopes.scope,
    converted.*,
    ref_stages."order"::INT AS stage_order,
    CASE
        WHEN converted.not_counted = 'cancelled' THEN 'cancelled'
        WHEN converted.duplicate_of IS NOT NULL OR converted.not_counted = 'duplicate' THEN 'duplicate'
        WHEN scopes.scope = 'mechanism' AND converted.within_mechanism <> 'yes' THEN 'outside_mechanism'
        WHEN converted.not_counted IS NOT NULL THEN converted.not_counted
        WHEN converted.amount IS NULL AND converted.in_kind THEN 'in_kind_without_value'
        WHEN converted.amount IS NULL OR converted.currency IS NULL THEN 'amount_unknown'
        WHEN converted.amount_eur IS NULL THEN 'no_exchange_rate'
    END AS reason
FROM converted
CROSS JOIN scopes
INNER JOIN ref_stages ON converted.stage = ref_stages.code;

-- The stages that each counted row covers: from the stage after the nearest counted row that it realises, up to its own.
-- Money whose first report is a payment was committed too, so a payment that realises nothing covers commitment and disbursement.
CREATE TABLE money AS
WITH RECURSIVE earlier AS (
    SELECT
        scope,
        contribution_id,
        realises AS earlier_id
    FROM reasoned
    WHERE realises IS NOT NULL
    UNION
    SELECT
        earlier.scope,
        earlier.contribution_id,
        reasoned.realises AS earlier_id
    FROM earlier
    INNER JOIN reasoned ON earlier.scope = reasoned.scope AND earlier.earlier_id = reasoned.contribution_id
    WHERE reasoned.realises IS NOT NULL
),

nearest AS (
    SELECT
        earlier.scope,
        earlier.contribution_id,
        max(reasoned.stage_order) AS stage_order,
        arg_max(reasoned.contribution_id, reasoned.stage_order) AS earlier_id
    FROM earlier
    INNER JOIN reasoned ON earlier.scope = reasoned.scope AND earlier.earlier_id = reasoned.contribution_id
    WHERE reasoned.reason IS NULL
    GROUP BY earlier.scope, earlier.contribution_id
),

realised AS (
    SELECT
        pledge.scope,
        pledge.contribution_id,
        sum(
            CASE
                WHEN later.currency = pledge.currency THEN round((later.amount / pledge.rate)::DECIMAL(28, 8), 2)::DECIMAL(18, 2)
                ELSE later.amount_eur
            END
        ) AS realised_eur
    FROM nearest
    INNER JOIN reasoned AS later ON nearest.scope = later.scope AND nearest.contribution_id = later.contribution_id
    INNER JOIN reasoned AS pledge ON nearest.scope = pledge.scope AND nearest.earlier_id = pledge.contribution_id
    WHERE later.reason IS NULL
    GROUP BY pledge.scope, pledge.contribution_id
),

covering AS (
    SELECT
        reasoned.*,
        reasoned.reason IS NULL AS counts,
        coalesce(nearest.stage_order, 0) + 1 AS covers_from,
        realised.realised_eur
    FROM reasoned
    LEFT JOIN nearest ON reasoned.scope = nearest.scope AND reasoned.contribution_id = nearest.contribution_id
    LEFT JOIN realised ON reasoned.scope = realised.scope AND reasoned.contribution_id = realised.contribution_id
)

SELECT
    *,
    CASE WHEN counts AND 2 BETWEEN covers_from AND stage_order THEN amount_eur END AS committed_eur,
    CASE WHEN counts AND 3 BETWEEN covers_from AND stage_order THEN amount_eur END AS disbursed_eur,
    CASE WHEN counts AND stage = 'pledge' THEN greatest(amount_eur - coalesce(realised_eur, 0), 0) END AS pledged_not_committed_eur
FROM covering;

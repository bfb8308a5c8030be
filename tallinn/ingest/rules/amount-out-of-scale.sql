-- An amount is a thousand times larger than is usual in this file, in its currency and stage.
WITH usual AS (
    SELECT
        currency,
        stage,
        field,
        median(abs(amount)) AS middle
    FROM priced
    WHERE amount <> 0
    GROUP BY currency, stage, field
    HAVING count(*) >= 10
)

SELECT
    priced.i,
    priced.field,
    priced.amount::VARCHAR AS shown,
    format('{:,.0f}', usual.middle) AS middle
FROM priced
INNER JOIN usual
    ON
        priced.currency IS NOT DISTINCT FROM usual.currency
        AND priced.stage IS NOT DISTINCT FROM usual.stage
        AND priced.field = usual.field
WHERE abs(priced.amount) >= 1000 * usual.middle

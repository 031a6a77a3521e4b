-- DataFusion has no JSON functions of its own: regular expressions that fit these documents stand in for them.
SET datafusion.execution.parquet.pushdown_filters = true;

WITH access AS (
    SELECT
        date_trunc('day', Timestamp) AS Day,
        regexp_match(RawEventData, '.*"ClientAppId":"([^"]*)"')[1] AS ClientAppId,
        regexp_match(RawEventData, '"AppId":"([^"]*)"')[1] AS AppId,
        TRY_CAST(regexp_match(RawEventData, '"OperationCount":"?([^",}]*)"?')[1] AS INT) AS OperationCount
    FROM CloudAppEvents
    WHERE ActionType = 'MailItemsAccessed'
      AND Timestamp >= date_trunc('day', TIMESTAMP '{now}' - INTERVAL '30 days')
      AND Timestamp <= TIMESTAMP '{now}'
),
per_day AS (
    SELECT ClientAppId, Day, coalesce(sum(OperationCount), 0) AS NumberOfMailPerDay
    FROM access
    WHERE ClientAppId <> ''
      AND regexp_like(AppId, '(^|[^0-9A-Za-z])00000003-0000-0000-c000-000000000000($|[^0-9A-Za-z])', 'i')
    GROUP BY ClientAppId, Day
),
compared AS (
    SELECT
        *,
        avg(NumberOfMailPerDay) OVER (PARTITION BY ClientAppId) AS avg,
        coalesce(stddev_samp(NumberOfMailPerDay) OVER (PARTITION BY ClientAppId), 0.0) AS stev
    FROM per_day
)
SELECT ClientAppId, to_char(Day, '%-y-%-m-%-d') AS Timestamp, NumberOfMailPerDay, avg, stev
FROM compared
WHERE NumberOfMailPerDay > avg + 2.5 * stev
ORDER BY ClientAppId DESC

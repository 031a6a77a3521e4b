WITH access AS (
    SELECT
        Timestamp,
        json_extract_string(RawEventData, ['$.ClientAppId', '$.AppId', '$.OperationCount']) AS field
    FROM {CloudAppEvents}
    WHERE ActionType = 'MailItemsAccessed'
      -- Cheaper than a look into the document, and the same in capitals.
      AND contains(RawEventData, '00000003-0000-0000-')
      AND Timestamp >= CAST(date_trunc('day', TIMESTAMP '{now}' - INTERVAL 30 DAY) AS TIMESTAMPTZ_NS)
      AND Timestamp <= CAST(TIMESTAMP '{now}' AS TIMESTAMPTZ_NS)
),
per_day AS (
    SELECT
        field[1] AS ClientAppId,
        CAST(Timestamp AS DATE) AS Day,
        coalesce(sum(TRY_CAST(field[3] AS INTEGER)), 0) AS NumberOfMailPerDay
    FROM access
    WHERE field[1] <> ''
      AND regexp_matches(field[2], '(^|[^0-9A-Za-z])00000003-0000-0000-c000-000000000000($|[^0-9A-Za-z])', 'i')
    GROUP BY ALL
),
compared AS (
    SELECT
        *,
        avg(NumberOfMailPerDay) OVER app AS avg,
        coalesce(stddev_samp(NumberOfMailPerDay) OVER app, 0) AS stev
    FROM per_day
    WINDOW app AS (PARTITION BY ClientAppId)
)
SELECT ClientAppId, strftime(Day, '%-y-%-m-%-d') AS Timestamp, CAST(NumberOfMailPerDay AS BIGINT) AS NumberOfMailPerDay, avg, stev
FROM compared
WHERE NumberOfMailPerDay > avg + 2.5 * stev
ORDER BY ClientAppId DESC

WITH access AS (
    SELECT
        toDate(Timestamp) AS Day,
        JSONExtract(assumeNotNull(RawEventData), 'Tuple(ClientAppId String, AppId String, OperationCount String)') AS field
    FROM {CloudAppEvents}
    WHERE ActionType = 'MailItemsAccessed'
      AND Timestamp >= toStartOfDay(parseDateTime64BestEffort('{now}', 9, 'UTC') - INTERVAL 30 DAY)
      AND Timestamp <= parseDateTime64BestEffort('{now}', 9, 'UTC')
),
per_day AS (
    SELECT field.1 AS ClientAppId, Day, sum(toInt32OrZero(field.3)) AS NumberOfMailPerDay
    FROM access
    WHERE ClientAppId != ''
      AND match(field.2, '(?i)(^|[^0-9A-Za-z])00000003-0000-0000-c000-000000000000($|[^0-9A-Za-z])')
    GROUP BY ClientAppId, Day
),
compared AS (
    SELECT
        *,
        avg(NumberOfMailPerDay) OVER app AS avg,
        count() OVER app AS days,
        if(days = 1, 0, stddevSampStable(NumberOfMailPerDay) OVER app) AS stev
    FROM per_day
    WINDOW app AS (PARTITION BY ClientAppId)
)
SELECT
    ClientAppId,
    concat(toString(toYear(Day) % 100), '-', toString(toMonth(Day)), '-', toString(toDayOfMonth(Day))) AS Timestamp,
    NumberOfMailPerDay,
    avg,
    stev
FROM compared
WHERE NumberOfMailPerDay > avg + 2.5 * stev
ORDER BY ClientAppId DESC

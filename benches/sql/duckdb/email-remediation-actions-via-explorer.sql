-- DuckDB prints no 100 ns: seven digits are the microseconds and the last digit but two of the nanoseconds.
WITH remediated AS (
    SELECT
        coalesce(RecipientEmailAddress, '') AS RecipientEmailAddress,
        LatestDeliveryAction,
        NetworkMessageId || '\' || strftime(CAST(Timestamp AS TIMESTAMP_NS), '%Y-%m-%dT%H:%M:%S.')
            || lpad(CAST(epoch_ns(Timestamp) // 100 % 10000000 AS VARCHAR), 7, '0') || 'Z\' || coalesce(Subject, '') AS Item
    FROM {EmailEvents}
    WHERE Timestamp > CAST(TIMESTAMP '{now}' - INTERVAL 30 DAY AS TIMESTAMPTZ_NS)
      AND LatestDeliveryAction IN ('Hard delete', 'Soft delete', 'Moved to junk folder', 'Moved to deleted items')
),
listed AS (
    SELECT
        RecipientEmailAddress,
        coalesce(list(Item) FILTER (LatestDeliveryAction = 'Hard delete'), []) AS HardDelete_NetworkID,
        coalesce(list(Item) FILTER (LatestDeliveryAction = 'Soft delete'), []) AS SoftDelete_NetworkID,
        coalesce(list(Item) FILTER (LatestDeliveryAction = 'Moved to junk folder'), []) AS MoveToJunk_NetworkID,
        coalesce(list(Item) FILTER (LatestDeliveryAction = 'Moved to deleted items'), []) AS MoveToDelete_NetworkID
    FROM remediated
    GROUP BY RecipientEmailAddress
)
SELECT
    RecipientEmailAddress,
    len(HardDelete_NetworkID) + len(SoftDelete_NetworkID) + len(MoveToJunk_NetworkID) + len(MoveToDelete_NetworkID) AS Sum_case,
    len(HardDelete_NetworkID) AS HardDelete_case,
    len(SoftDelete_NetworkID) AS SoftDelete_case,
    len(MoveToJunk_NetworkID) AS MoveToJunk_case,
    len(MoveToDelete_NetworkID) AS MoveToDelete_case,
    HardDelete_NetworkID,
    SoftDelete_NetworkID,
    MoveToJunk_NetworkID,
    MoveToDelete_NetworkID
FROM listed
ORDER BY Sum_case DESC

WITH remediated AS (
    SELECT
        coalesce(RecipientEmailAddress, '') AS RecipientEmailAddress,
        LatestDeliveryAction,
        NetworkMessageId || '\' || left(to_char(Timestamp, '%Y-%m-%dT%H:%M:%S%.9f'), 27) || 'Z\' || coalesce(Subject, '') AS Item
    FROM EmailEvents
    WHERE Timestamp > TIMESTAMP '{now}' - INTERVAL '30 days'
      AND LatestDeliveryAction IN ('Hard delete', 'Soft delete', 'Moved to junk folder', 'Moved to deleted items')
),
listed AS (
    SELECT
        RecipientEmailAddress,
        count(*) AS Sum_case,
        count(*) FILTER (WHERE LatestDeliveryAction = 'Hard delete') AS HardDelete_case,
        count(*) FILTER (WHERE LatestDeliveryAction = 'Soft delete') AS SoftDelete_case,
        count(*) FILTER (WHERE LatestDeliveryAction = 'Moved to junk folder') AS MoveToJunk_case,
        count(*) FILTER (WHERE LatestDeliveryAction = 'Moved to deleted items') AS MoveToDelete_case,
        array_agg(Item) FILTER (WHERE LatestDeliveryAction = 'Hard delete') AS HardDelete_NetworkID,
        array_agg(Item) FILTER (WHERE LatestDeliveryAction = 'Soft delete') AS SoftDelete_NetworkID,
        array_agg(Item) FILTER (WHERE LatestDeliveryAction = 'Moved to junk folder') AS MoveToJunk_NetworkID,
        array_agg(Item) FILTER (WHERE LatestDeliveryAction = 'Moved to deleted items') AS MoveToDelete_NetworkID
    FROM remediated
    GROUP BY RecipientEmailAddress
)
SELECT
    RecipientEmailAddress, Sum_case, HardDelete_case, SoftDelete_case, MoveToJunk_case, MoveToDelete_case,
    coalesce(HardDelete_NetworkID, []) AS HardDelete_NetworkID,
    coalesce(SoftDelete_NetworkID, []) AS SoftDelete_NetworkID,
    coalesce(MoveToJunk_NetworkID, []) AS MoveToJunk_NetworkID,
    coalesce(MoveToDelete_NetworkID, []) AS MoveToDelete_NetworkID
FROM listed
ORDER BY Sum_case DESC

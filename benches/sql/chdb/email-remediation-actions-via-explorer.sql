WITH remediated AS (
    SELECT
        ifNull(RecipientEmailAddress, '') AS Recipient,
        LatestDeliveryAction AS Action,
        concat(
            ifNull(NetworkMessageId, ''), '\\',
            replaceOne(substring(toString(Timestamp), 1, 27), ' ', 'T'), 'Z\\',
            ifNull(Subject, '')
        ) AS Item
    FROM {EmailEvents}
    WHERE Timestamp > parseDateTime64BestEffort('{now}', 9, 'UTC') - INTERVAL 30 DAY
      AND LatestDeliveryAction IN ('Hard delete', 'Soft delete', 'Moved to junk folder', 'Moved to deleted items')
)
SELECT
    Recipient AS RecipientEmailAddress,
    count() AS Sum_case,
    length(HardDelete_NetworkID) AS HardDelete_case,
    length(SoftDelete_NetworkID) AS SoftDelete_case,
    length(MoveToJunk_NetworkID) AS MoveToJunk_case,
    length(MoveToDelete_NetworkID) AS MoveToDelete_case,
    groupArrayIf(Item, Action = 'Hard delete') AS HardDelete_NetworkID,
    groupArrayIf(Item, Action = 'Soft delete') AS SoftDelete_NetworkID,
    groupArrayIf(Item, Action = 'Moved to junk folder') AS MoveToJunk_NetworkID,
    groupArrayIf(Item, Action = 'Moved to deleted items') AS MoveToDelete_NetworkID
FROM remediated
GROUP BY Recipient
ORDER BY Sum_case DESC

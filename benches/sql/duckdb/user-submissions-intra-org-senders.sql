-- One row of each submitted message and recipient: KQL's `innerunique`.
WITH submitted AS (
    SELECT DISTINCT field[1] AS NetworkMessageId, RecipientObjectId
    FROM (
        SELECT
            coalesce(AccountObjectId, '') AS RecipientObjectId,
            json_extract_string(RawEventData, ['$.ObjectId', '$.SubmissionContentType', '$.SubmissionType']) AS field
        FROM {CloudAppEvents}
        WHERE ActionType = 'UserSubmission'
    )
    WHERE field[2] = 'Mail' AND field[3] IN ('0', '1')
)
SELECT coalesce(SenderMailFromAddress, '') AS SenderMailFromAddress, count(*) AS UserSubmissions
FROM submitted
JOIN {EmailEvents} AS mail USING (NetworkMessageId, RecipientObjectId)
WHERE mail.EmailDirection = 'Intra-org'
GROUP BY 1
ORDER BY UserSubmissions DESC
LIMIT 10

-- One row of each submitted message and recipient: KQL's `innerunique`, here a set.
WITH submitted AS (
    SELECT
        ifNull(AccountObjectId, '') AS RecipientObjectId,
        JSONExtract(assumeNotNull(RawEventData), 'Tuple(ObjectId String, SubmissionContentType String, SubmissionType String)') AS field
    FROM {CloudAppEvents}
    WHERE ActionType = 'UserSubmission'
)
SELECT ifNull(SenderMailFromAddress, '') AS SenderMailFromAddress, count() AS UserSubmissions
FROM {EmailEvents}
WHERE EmailDirection = 'Intra-org'
  AND (NetworkMessageId, RecipientObjectId) IN (
      SELECT field.1, RecipientObjectId FROM submitted WHERE field.2 = 'Mail' AND field.3 IN ('0', '1')
  )
GROUP BY SenderMailFromAddress
ORDER BY UserSubmissions DESC
LIMIT 10

SET datafusion.execution.parquet.pushdown_filters = true;

-- One row of each submitted message and recipient: KQL's `innerunique`.
WITH submitted AS (
    SELECT DISTINCT json_get_str(RawEventData, 'ObjectId') AS NetworkMessageId, coalesce(AccountObjectId, '') AS RecipientObjectId
    FROM CloudAppEvents
    WHERE ActionType = 'UserSubmission'
      AND json_get_str(RawEventData, 'SubmissionContentType') = 'Mail'
      AND json_as_text(RawEventData, 'SubmissionType') IN ('0', '1')
)
SELECT coalesce(SenderMailFromAddress, '') AS SenderMailFromAddress, count(*) AS UserSubmissions
FROM EmailEvents
JOIN submitted USING (NetworkMessageId, RecipientObjectId)
WHERE EmailDirection = 'Intra-org'
GROUP BY 1
ORDER BY UserSubmissions DESC
LIMIT 10

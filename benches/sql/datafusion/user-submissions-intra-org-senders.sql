-- DataFusion has no JSON functions of its own: regular expressions that fit these documents stand in for them.
SET datafusion.execution.parquet.pushdown_filters = true;

-- One row of each submitted message and recipient: KQL's `innerunique`.
WITH submitted AS (
    SELECT DISTINCT regexp_match(RawEventData, '"ObjectId":"([^"]*)"')[1] AS NetworkMessageId, coalesce(AccountObjectId, '') AS RecipientObjectId
    FROM CloudAppEvents
    WHERE ActionType = 'UserSubmission'
      AND regexp_match(RawEventData, '"SubmissionContentType":"([^"]*)"')[1] = 'Mail'
      AND regexp_match(RawEventData, '"SubmissionType":"?([^",}]*)"?')[1] IN ('0', '1')
)
SELECT coalesce(SenderMailFromAddress, '') AS SenderMailFromAddress, count(*) AS UserSubmissions
FROM EmailEvents
JOIN submitted USING (NetworkMessageId, RecipientObjectId)
WHERE EmailDirection = 'Intra-org'
GROUP BY 1
ORDER BY UserSubmissions DESC
LIMIT 10

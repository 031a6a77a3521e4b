//! Audit records of Defender: mails that users submit.

use super::{Event, Source};
use crate::generate::cloud_app_events::{Content, Submission, Verdict};
use crate::generate::dice::Dice;
use crate::generate::json::Object;
use crate::generate::vocabulary;

pub(super) fn submission(
    record: &mut Object,
    event: &Event,
    id: &str,
    submission: &Submission,
    dice: &mut Dice,
) {
    event.header(
        record,
        id,
        &Source { record_type: 29, workload: "SecurityComplianceCenter", status: "Succeeded", user_type: 5 },
    );
    let domain = submission.sender.split_once('@').map_or("", |(_, domain)| domain);
    let phish = submission.verdict != Verdict::Spam && submission.verdict != Verdict::NotJunk;
    record.text("ObjectId", &submission.message);
    record.array("BCCRecipients", |_| ());
    record.array("CCRecipients", |_| ());
    record.array("ToRecipients", |to| to.text(&event.user.address));
    record.array("Recipients", |to| to.text(&event.user.address));
    record.plain("MessageDate", |out| event.time.plus_hours(-3.0).push_full(out));
    record.text("P1Sender", &submission.sender);
    record.text("P1SenderDomain", domain);
    record.texts("P2Sender", &["\"", "Storage Service", "\" <", &submission.sender, ">"]);
    record.text("P2SenderDomain", domain);
    record.text("SenderIP", &vocabulary::ip(dice));
    record.text("Subject", &submission.subject);
    record.text("Language", "en");
    record.guid("SubmissionId", dice);
    record.text("SubmissionState", dice.pick(&["Completed", "Pending", "Submitted"]));
    match submission.verdict {
        Verdict::Phish => record.text("SubmissionType", "1"),
        Verdict::PhishAsNumber => record.int("SubmissionType", 1),
        Verdict::Spam => record.text("SubmissionType", "0"),
        Verdict::NotJunk => record.text("SubmissionType", "3"),
    }
    record.text("SubmissionContentType", submission.content.text());
    record.text("SubmissionContentSubType", if submission.content == Content::Chat { "Teams" } else { "" });
    record.text("SubmissionConfidenceLevel", "");
    record.array("ExtendedProperties", |_| ());
    record.object("DeliveryMessageInfo", |delivery| {
        delivery.text("DeliveryAction", "DeliveredToInbox");
        delivery.text("FinalFilterVerdict", "NotSpam");
        delivery.text("LatestDeliveryLocation", "Inbox");
        delivery.text("PolicyOverride", "None");
        delivery.text("PolicySource", "");
    });
    record.object("RescanResult", |rescan| {
        rescan.text("RescanVerdict", if phish && dice.chance(600) { "Phish" } else { "NotSpam" });
        rescan.plain("Timestamp", |out| event.time.plus(1_570_000_000).push_full(out));
    });
    record.pairs(
        "SubmissionContent",
        &[
            ("SubmissionType", if phish { "Phish" } else { "Spam" }),
            ("SubmissionSource", "Microsoft"),
            ("OriginalVerdict", "NotSpam"),
        ],
    );
}

//! Audit records of Exchange: access to mail, sending, and cmdlets.

use super::{Event, Source};
use crate::generate::cloud_app_events::{ClientApp, MailAccess, Operations};
use crate::generate::dice::{Alphabet, Dice};
use crate::generate::json::Object;
use crate::generate::vocabulary::{self, EXCHANGE, HOME_DOMAIN, MAIL_FOLDERS};

const SERVERS: &[&str] = &["AB1PR01MB1001", "AB1PR01MB1002", "CD2PR07MB2417", "EF3P990MB0042"];

pub(super) fn access(record: &mut Object, event: &Event, id: &str, access: &MailAccess, dice: &mut Dice) {
    event.header(
        record,
        id,
        &Source { record_type: 50, workload: "Exchange", status: "Succeeded", user_type: 0 },
    );
    let audience = access.audience.text();
    event.token(record, &audience, &event.directory.apps[0].id, dice);
    record.text("AppId", &audience);
    match &access.app {
        ClientApp::Id(app) => record.text("ClientAppId", app),
        // The same text for whoever reads JSON, another one for whoever searches bytes.
        ClientApp::Escaped(app) => {
            record.plain("ClientAppId", |out| out.push_str(&app.replace('-', "\\u002d")))
        }
        ClientApp::Empty => record.text("ClientAppId", ""),
        ClientApp::Null => record.null("ClientAppId"),
        ClientApp::Missing => {}
    }
    record.text("ClientIPAddress", &event.user.ip);
    record.text(
        "ClientInfoString",
        dice.pick(&["Client=REST;Client=RESTSystem;;", "Client=REST;;", "Client=OWA;Action=ViaProxy"]),
    );
    record.bool("ExternalAccess", false);
    mailbox(record, event);
    let bind = dice.chance(840);
    record.pairs(
        "OperationProperties",
        &[("MailAccessType", if bind { "Bind" } else { "Sync" }), ("IsThrottled", "False")],
    );
    server(record, dice);
    let count = access.operations.counted();
    if bind {
        let folders = 1 + dice.below(2).min(count.max(1) as u64 - 1);
        record.array("Folders", |list| {
            for _ in 0..folders {
                list.object(|item| {
                    // One record names at most a few items, however many it stands for.
                    let items = (count / folders as i64).clamp(1, 3);
                    item.array("FolderItems", |items_out| {
                        for _ in 0..items {
                            items_out.object(|mail| internet_message_id(mail, dice));
                        }
                    });
                    item.word("Id", dice, Alphabet::Base64, 56);
                    item.text("Path", dice.pick(MAIL_FOLDERS));
                });
            }
        });
    } else {
        record.object("Item", |item| {
            item.word("Id", dice, Alphabet::Base64, 60);
            item.object("ParentFolder", |folder| {
                folder.word("Id", dice, Alphabet::Base64, 56);
                folder.text("Name", "Posteingang");
                folder.text("Path", dice.pick(MAIL_FOLDERS));
            });
        });
    }
    match access.operations {
        Operations::Number(count) => record.int("OperationCount", count),
        Operations::Text(count) => record.text("OperationCount", &count.to_string()),
        Operations::Missing => {}
    }
}

pub(super) fn send(record: &mut Object, event: &Event, id: &str, dice: &mut Dice) {
    event.header(
        record,
        id,
        &Source { record_type: 2, workload: "Exchange", status: "Succeeded", user_type: 0 },
    );
    event.token(record, EXCHANGE, EXCHANGE, dice);
    record.text("AppId", EXCHANGE);
    record.text("ClientIP", &event.user.ip);
    record.text("ClientIPAddress", &event.user.ip);
    record.text("ClientInfoString", "Client=OWA;Action=ViaProxy");
    record.text("ClientRequestId", &dice.guid());
    record.bool("ExternalAccess", false);
    mailbox(record, event);
    server(record, dice);
    record.guid("SessionId", dice);
    record.object("Item", |item| {
        item.word("Id", dice, Alphabet::Base64, 100);
        internet_message_id(item, dice);
        item.object("ParentFolder", |folder| {
            folder.word("Id", dice, Alphabet::Base64, 56);
            folder.text("Path", "\\Drafts");
        });
        item.int("SizeInBytes", 1_000 + dice.skewed(3_000_000) as i64);
        item.text("Subject", &vocabulary::subject(dice));
    });
    // A number that only 64 bits can hold.
    record.int("uniqueQualifier", dice.bits() as i64);
}

pub(super) fn cmdlet(record: &mut Object, event: &Event, id: &str, dice: &mut Dice) {
    event.header(record, id, &Source { record_type: 1, workload: "Exchange", status: "True", user_type: 2 });
    event.token(record, EXCHANGE, "497effe9-df71-4043-a8bb-14cf78c4b63b", dice);
    let (name, _) = event.user.address.split_once('@').unwrap_or_default();
    record.texts("ClientIP", &["[", &event.user.ip, "]:", &dice.between(1_024, 65_535).to_string()]);
    record.texts(
        "ObjectId",
        &[
            "EURPR04A001.PROD.EXAMPLE/Microsoft Exchange Hosted Organizations/",
            HOME_DOMAIN,
            "/",
            name,
            "\\",
            "Finanzielle Berichte",
        ],
    );
    record.text("AppId", "");
    record.text("ClientAppId", "");
    record.bool("ExternalAccess", false);
    server(record, dice);
    record.guid("RequestId", dice);
    record.guid("SessionId", dice);
    let identity = format!("{name}\\{}", dice.bits());
    let outside = format!("collector{}@lookalike.example", dice.below(90));
    let rule = dice.pick(&[".", "..", "Finanzielle Berichte", "RSS \"Feeds\""]);
    let parameters: &[(&str, &str)] = match event.kind.action {
        "New-InboxRule" | "Set-InboxRule" => &[
            ("AlwaysDeleteOutlookRulesBlob", "False"),
            ("Force", "False"),
            ("Identity", &identity),
            ("Name", rule),
            ("SubjectOrBodyContainsWords", "invoice;payment;Überweisung;振込"),
            ("ForwardTo", &outside),
            ("MoveToFolder", "RSS Feeds\\Archive"),
            ("MarkAsRead", "True"),
            ("StopProcessingRules", "True"),
        ],
        "Set-Mailbox" => &[
            ("Identity", &identity),
            ("ForwardingSmtpAddress", &outside),
            ("DeliverToMailboxAndForward", "True"),
            ("AuditOwner", "Update;MoveToDeletedItems;SoftDelete;HardDelete;Send;Create"),
        ],
        _ => &[
            ("Identity", &identity),
            ("User", &outside),
            ("AccessRights", "FullAccess"),
            ("InheritanceType", "All"),
            ("AutoMapping", "False"),
        ],
    };
    record.pairs("Parameters", parameters);
}

fn mailbox(record: &mut Object, event: &Event) {
    record.int("InternalLogonType", 0);
    record.int("LogonType", 0);
    record.text("LogonUserSid", &event.user.sid);
    record.text("MailboxGuid", &event.user.mailbox);
    record.text("MailboxOwnerSid", &event.user.sid);
    record.text("MailboxOwnerUPN", &event.user.address);
    record.text("OrganizationName", "contoso.onmicrosoft.example");
}

/// The server that wrote the record; its name ends with a line break, as in real records.
fn server(record: &mut Object, dice: &mut Dice) {
    record.texts("OriginatingServer", &[dice.pick(SERVERS), " (15.20.8048.013)\r\n"]);
}

fn internet_message_id(mail: &mut Object, dice: &mut Dice) {
    let server = dice.pick(SERVERS);
    mail.plain("InternetMessageId", |out| {
        out.push('<');
        out.push_str(server);
        dice.push_word(out, Alphabet::Hex, 30);
        out.push('@');
        out.push_str(server);
        out.push_str(".eurprd04.prod.outlook.example>");
    });
}

//! Audit records of the directory: sign-ins and changes; and alerts.

use super::{Event, Source};
use crate::generate::dice::Dice;
use crate::generate::json::{self, Object};
use crate::generate::vocabulary::{DEVICES, TENANT, USER_AGENTS};

pub(super) fn sign_in(record: &mut Object, event: &Event, id: &str, dice: &mut Dice) {
    let failed = event.kind.action == "UserLoginFailed";
    event.header(
        record,
        id,
        &Source {
            record_type: 15,
            workload: "AzureActiveDirectory",
            status: if failed { "Failed" } else { "Success" },
            user_type: 0,
        },
    );
    record.text("ClientIP", &event.user.ip);
    record.text("ObjectId", "00000002-0000-0ff1-ce00-000000000000");
    record.int("AzureActiveDirectoryEventType", 1);
    record.pairs(
        "ExtendedProperties",
        &[
            ("ResultStatusDetail", if failed { "UserError" } else { "Redirect" }),
            ("UserAgent", USER_AGENTS[event.agent]),
            ("UserAuthenticationMethod", dice.pick(&["1", "16457", "524288"])),
            ("RequestType", dice.pick(&["Login:login", "OAuth2:Authorize", "SAS:ProcessAuth", "Kmsi:kmsi"])),
        ],
    );
    record.array("ModifiedProperties", |_| ());
    actor(record, event);
    record.text("ActorIpAddress", &event.user.ip);
    record.guid("InterSystemsId", dice);
    record.guid("IntraSystemId", dice);
    record.text("SupportTicketId", "");
    record.array("Target", |targets| {
        targets.object(|target| {
            target.text("ID", "00000002-0000-0ff1-ce00-000000000000");
            target.int("Type", 0);
        });
    });
    record.text("TargetContextId", TENANT);
    record.guid("ApplicationId", dice);
    record.pairs(
        "DeviceProperties",
        &[
            ("OS", DEVICES[event.agent].1),
            ("BrowserType", dice.pick(&["Edge", "Chrome", "Firefox", "Safari"])),
            ("IsCompliantAndManaged", if dice.chance(600) { "True" } else { "False" }),
            ("SessionId", &dice.guid()),
        ],
    );
    record.text("ErrorNumber", if failed { "50126" } else { "0" });
    if failed {
        record.text("LogonError", "InvalidUserNameOrPassword");
    }
}

pub(super) fn directory(record: &mut Object, event: &Event, id: &str, dice: &mut Dice) {
    event.header(
        record,
        id,
        &Source { record_type: 8, workload: "AzureActiveDirectory", status: "Success", user_type: 0 },
    );
    let target = &event.directory.users[event.directory.any_user(dice)];
    let app = &event.directory.apps[dice.below(event.directory.apps.len() as u64) as usize];
    record.text("ObjectId", &target.address);
    record.int("AzureActiveDirectoryEventType", 1);
    // JSON within JSON: the old and new values are documents of their own.
    record.pairs(
        "ExtendedProperties",
        &[
            ("additionalDetails", r#"{"UserType":"Member","User-Agent":"EvoSTS \\ 1.0"}"#),
            ("extendedAuditEventCategory", "User"),
        ],
    );
    let scope = format!(
        r#"[{{"ConsentType":"AllPrincipals","Scope":"Mail.Read offline_access","AppId":"{}"}}]"#,
        app.id
    );
    record.array("ModifiedProperties", |properties| {
        for (name, new, old) in [
            ("Role.DisplayName", "Global Administrator", ""),
            ("ConsentAction.Permissions", scope.as_str(), "[]"),
            ("TargetId.UserType", "Member", "Guest"),
            ("Included Updated Properties", "DisplayName, \"AccountEnabled\"", ""),
        ] {
            properties.object(|property| {
                property.text("Name", name);
                property.text("NewValue", new);
                property.text("OldValue", old);
            });
        }
    });
    actor(record, event);
    record.guid("InterSystemsId", dice);
    record.guid("IntraSystemId", dice);
    record.text("SupportTicketId", "");
    record.array("Target", |targets| {
        for (id, kind) in [
            (target.object_id.as_str(), 2),
            ("User", 2),
            (target.address.as_str(), 5),
            (target.key.as_str(), 3),
        ] {
            targets.object(|one| {
                one.text("ID", id);
                one.int("Type", kind);
            });
        }
    });
    record.text("TargetContextId", TENANT);
}

pub(super) fn alert(record: &mut Object, event: &Event, id: &str, dice: &mut Dice) {
    event.header(
        record,
        id,
        &Source { record_type: 40, workload: "SecurityComplianceCenter", status: "Succeeded", user_type: 4 },
    );
    let alert = dice.guid();
    let policy = dice.guid();
    record.text("ObjectId", &alert);
    record.text("AlertId", &alert);
    record.array("AlertLinks", |links| links.object(|link| link.text("AlertLinkHref", "")));
    record.text("AlertType", "System");
    record.text("Category", "ThreatManagement");
    record.text("Comments", "New alert");
    let mut data = String::with_capacity(600);
    json::object(&mut data, |details| {
        details.text("f3u", &event.user.address);
        details.plain("ts", |out| event.time.plus(-600_000_000).push_full(out));
        details.plain("te", |out| event.time.push_full(out));
        details.text("op", "MailRedirect");
        details.text("wl", "Exchange");
        details.text("tid", TENANT);
        details.text("tdc", "1");
        details.guid("reid", dice);
        details.guid("rid", dice);
        details.text("cid", &policy);
        details.text("ad", "This alert is triggered when someone in your organization sets up auto-forwarding, email forwarding, redirect rule or a mail flow rule");
        details.text("lon", "MailRedirect");
        details.text("an", "Creation of forwarding/redirect rule");
        details.text("sev", "Informational");
    });
    record.text("Data", &data);
    record.text("Name", "Creation of forwarding/redirect rule");
    record.text("PolicyId", &policy);
    record.text("Severity", "Informational");
    record.text("Source", "Office 365 Security & Compliance");
    record.text("Status", "Active");
}

fn actor(record: &mut Object, event: &Event) {
    record.array("Actor", |actors| {
        for (id, kind) in [
            (event.user.object_id.as_str(), 0),
            (event.user.address.as_str(), 5),
            (event.user.key.as_str(), 3),
        ] {
            actors.object(|one| {
                one.text("ID", id);
                one.int("Type", kind);
            });
        }
    });
    record.text("ActorContextId", TENANT);
}

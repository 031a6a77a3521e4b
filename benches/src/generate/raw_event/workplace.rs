//! Audit records of SharePoint, OneDrive and Teams.

use super::{Event, Source};
use crate::generate::dice::{Alphabet, Dice};
use crate::generate::json::Object;
use crate::generate::vocabulary::{DEVICES, FILES, GRAPH, USER_AGENTS};

const SITES: &[&str] = &["finance", "hr", "engineering", "vertrieb-süd", "board"];

pub(super) fn file(record: &mut Object, event: &Event, id: &str, dice: &mut Dice) {
    let one_drive = event.kind.application.0.starts_with("Microsoft OneDrive");
    event.header(
        record,
        id,
        &Source {
            record_type: 6,
            workload: if one_drive { "OneDrive" } else { "SharePoint" },
            status: "Succeeded",
            user_type: 0,
        },
    );
    let site = if one_drive {
        format!(
            "https://contoso-my.sharepoint.example/personal/{}/",
            event.user.address.replace(['@', '.'], "_")
        )
    } else {
        format!("https://contoso.sharepoint.example/sites/{}/", dice.pick(SITES))
    };
    let (folder, name) = FILES[dice.skewed(FILES.len() as u64) as usize];
    event.token(record, GRAPH, "d3590ed6-52b3-4102-aeff-aad2292ab01c", dice);
    record.text("ClientIP", &event.user.ip);
    record.texts("ObjectId", &[&site, folder, "/", name]);
    record.text("EventSource", "SharePoint");
    record.text("ItemType", "File");
    record.guid("ListId", dice);
    record.guid("ListItemUniqueId", dice);
    record.guid("Site", dice);
    record.text("UserAgent", USER_AGENTS[event.agent]);
    record.guid("WebId", dice);
    record.text("Platform", DEVICES[event.agent].1);
    record.int("FileSizeBytes", 500 + dice.skewed(80_000_000) as i64);
    record.bool("HighPriorityMediaProcessing", false);
    record.bool("IsManagedDevice", dice.chance(700));
    record.text("SourceFileExtension", name.rsplit_once('.').map_or("", |(_, extension)| extension));
    record.text("SiteUrl", &site);
    record.text("SourceFileName", name);
    record.text("SourceRelativeUrl", folder);
    if one_drive {
        record.texts("DestinationLocalPath", &["C:\\Users\\", &event.user.display, "\\Downloads\\", name]);
    }
    if event.kind.action == "AnonymousLinkCreated" {
        record.text("EventData", "<Type>Edit</Type>\n<Scope>\"anyone\"</Scope>");
    }
}

pub(super) fn page(record: &mut Object, event: &Event, id: &str, dice: &mut Dice) {
    event.header(
        record,
        id,
        &Source { record_type: 4, workload: "SharePoint", status: "Succeeded", user_type: 0 },
    );
    let site = format!("https://contoso.sharepoint.example/sites/{}/", dice.pick(SITES));
    event.token(record, GRAPH, "08e18876-6177-487e-b8b5-cf950c1e598c", dice);
    record.text("ClientIP", &event.user.ip);
    record.texts(
        "ObjectId",
        &[&site, "SitePages/", dice.pick(&["Home", "Übersicht", "Q3 \"Review\"", "日程"]), ".aspx"],
    );
    record.guid("CorrelationId", dice);
    record.bool("CustomUniqueId", true);
    record.text("EventSource", "SharePoint");
    record.text("ItemType", "Page");
    record.guid("ListId", dice);
    record.guid("ListItemUniqueId", dice);
    record.guid("Site", dice);
    record.text("SiteUrl", &site);
    record.text("UserAgent", USER_AGENTS[event.agent]);
    record.guid("WebId", dice);
    record.text("Platform", DEVICES[event.agent].1);
    // A long link, as pages are opened with: the hunts' floor is the reading of such bytes.
    record.plain("ReferrerUrl", |out| {
        out.push_str(
            "https://contoso.sharepoint.example/_layouts/15/Authenticate.aspx?Source=%2Fsites%2F&state=",
        );
        dice.push_word(out, Alphabet::Capitals, 90);
    });
}

pub(super) fn teams(record: &mut Object, event: &Event, id: &str, dice: &mut Dice) {
    event.header(
        record,
        id,
        &Source { record_type: 25, workload: "MicrosoftTeams", status: "Succeeded", user_type: 0 },
    );
    event.token(record, "cc15fd57-2c6c-4117-a88c-83b1d56b4bbe", "1fec8e78-bce4-4aaf-ab1b-5451cc387264", dice);
    record.text("ClientIP", &event.user.ip);
    record.plain("ChatThreadId", |out| {
        out.push_str("19:");
        dice.push_guid(out);
        out.push('_');
        dice.push_guid(out);
        out.push_str("@unq.gbl.spaces");
    });
    record.text("CommunicationType", dice.pick(&["OneOnOne", "GroupChat", "Team"]));
    record.text("ItemName", dice.pick(&["Projekt Größe", "Stand-up ☕", "Contoso \"Alle\"", "会議"]));
    record.word("MessageId", dice, Alphabet::Capitals, 13);
    record.int("MessageVersion", 1_700_000_000_000 + dice.below(100_000_000_000) as i64);
    record.object("ParticipantInfo", |info| {
        info.bool("HasForeignTenantUsers", dice.chance(100));
        info.bool("HasGuestUsers", false);
        info.bool("HasOtherGuestUsers", false);
        info.array("ParticipatingTenantIds", |_| ());
    });
    record.array("Members", |members| {
        for _ in 0..3 {
            let member = &event.directory.users[event.directory.any_user(dice)];
            members.object(|one| {
                one.text("DisplayName", &member.display);
                one.int("Role", 0);
                one.text("UPN", &member.address);
                one.text("Id", &member.object_id);
            });
        }
    });
    record.array("ExtraProperties", |extra| {
        for (key, value) in [
            ("TimeZone", "Europe/Berlin"),
            ("OsName", DEVICES[event.agent].1),
            ("Country", event.user.place.0),
            ("ClientVersion", "49/24090101421"),
        ] {
            extra.object(|one| {
                one.text("Key", key);
                one.text("Value", value);
            });
        }
    });
}

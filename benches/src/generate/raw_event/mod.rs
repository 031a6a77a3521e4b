//! The documents in `RawEventData`: audit records of Office 365, about 1.4 KB each, with the members of their
//! kind.

mod identity;
mod mailbox;
mod submission;
mod workplace;

use super::clock::Ticks;
use super::cloud_app_events::{Action, Kind};
use super::dice::Dice;
use super::json::{self, Object};
use super::vocabulary::{Directory, TENANT, User};

/// The shape of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Access to mail: the first hunt.
    MailAccess,
    /// Submission of a mail by a user: the third hunt.
    Submission,
    /// A mail that was sent.
    Send,
    /// A cmdlet of Exchange with its parameters.
    Cmdlet,
    /// Something done to a file.
    File,
    /// A page or list that was looked at.
    Page,
    /// A sign-in.
    SignIn,
    /// A change in the directory, with old and new values.
    Directory,
    /// Something done in a chat or a meeting.
    Teams,
    /// An alert, whose details are JSON in a string.
    Alert,
}

const EXCHANGE_ONLINE: (&str, i32) = ("Microsoft Exchange Online", 20_893);
const SHAREPOINT: (&str, i32) = ("Microsoft SharePoint Online", 20_892);
const ONEDRIVE: (&str, i32) = ("Microsoft OneDrive for Business", 15_600);
const TEAMS: (&str, i32) = ("Microsoft Teams", 28_375);
const OFFICE: (&str, i32) = ("Office 365", 11_161);
const DEFENDER: (&str, i32) = ("Microsoft Defender for Office 365", 25_275);

/// `MailItemsAccessed`
pub static MAIL_ITEMS_ACCESSED: Kind = kind("MailItemsAccessed", EXCHANGE_ONLINE, "Run", Shape::MailAccess);

/// `UserSubmission`
pub static USER_SUBMISSION: Kind = kind("UserSubmission", DEFENDER, "Basic", Shape::Submission);

/// All other kinds, with the number of them in a thousand or so.
static KINDS: &[(u64, Kind)] = &[
    (140, kind("FileAccessed", SHAREPOINT, "View", Shape::File)),
    (120, kind("FileDownloaded", ONEDRIVE, "Download", Shape::File)),
    (55, kind("FileModified", SHAREPOINT, "Edit", Shape::File)),
    (45, kind("FilePreviewed", ONEDRIVE, "View", Shape::File)),
    (20, kind("FileUploaded", SHAREPOINT, "Upload", Shape::File)),
    (10, kind("FileDeleted", ONEDRIVE, "Delete", Shape::File)),
    (6, kind("AnonymousLinkCreated", SHAREPOINT, "Share", Shape::File)),
    (40, kind("PageViewed", SHAREPOINT, "View", Shape::Page)),
    (20, kind("ListViewed", SHAREPOINT, "View", Shape::Page)),
    (150, kind("UserLoggedIn", OFFICE, "Logon", Shape::SignIn)),
    (30, kind("UserLoginFailed", OFFICE, "FailedLogon", Shape::SignIn)),
    (50, kind("Send", EXCHANGE_ONLINE, "Sendmail", Shape::Send)),
    (3, kind("New-InboxRule", EXCHANGE_ONLINE, "Create", Shape::Cmdlet)),
    (4, kind("Set-InboxRule", EXCHANGE_ONLINE, "Edit", Shape::Cmdlet)),
    (4, kind("Set-Mailbox", EXCHANGE_ONLINE, "Edit", Shape::Cmdlet)),
    (3, kind("Add-MailboxPermission", EXCHANGE_ONLINE, "Addpermission", Shape::Cmdlet)),
    (8, kind("Update user.", OFFICE, "Edit", Shape::Directory)),
    (5, kind("Update service principal.", OFFICE, "Edit", Shape::Directory)),
    (3, kind("Add member to role.", OFFICE, "Add", Shape::Directory)),
    (3, kind("Consent to application.", OFFICE, "Addpermission", Shape::Directory)),
    (1, kind("Add delegated permission grant.", OFFICE, "Addpermission", Shape::Directory)),
    (40, kind("MessageSent", TEAMS, "Basic", Shape::Teams)),
    (20, kind("TeamsSessionStarted", TEAMS, "Logon", Shape::Teams)),
    (10, kind("AlertTriggered", DEFENDER, "Basic", Shape::Alert)),
];

const fn kind(
    action: &'static str,
    application: (&'static str, i32),
    activity: &'static str,
    shape: Shape,
) -> Kind {
    Kind { action, application, activity, shape }
}

/// A kind of activity that no hunt looks for.
pub fn any_kind(dice: &mut Dice) -> &'static Kind {
    let mut place = dice.below(KINDS.iter().map(|(weight, _)| weight).sum());
    for (weight, kind) in KINDS {
        if place < *weight {
            return kind;
        }
        place -= weight;
    }
    unreachable!("the place is below the sum of the weights")
}

/// An event, as far as all documents show it.
pub struct Event<'a> {
    /// When it happened.
    pub time: Ticks,
    /// Who did it.
    pub user: &'a User,
    /// Everybody else.
    pub directory: &'a Directory,
    /// What it was.
    pub kind: &'static Kind,
    /// The place of the client in the list of user agents.
    pub agent: usize,
}

/// Appends the document of an event. `id` is the audit record's id.
pub fn write(out: &mut String, event: &Event, id: &str, action: &Action, dice: &mut Dice) {
    json::object(out, |record| match action {
        Action::MailItemsAccessed(access) => mailbox::access(record, event, id, access, dice),
        Action::UserSubmission(submission) => submission::submission(record, event, id, submission, dice),
        Action::Other(kind) => match kind.shape {
            Shape::Send => mailbox::send(record, event, id, dice),
            Shape::Cmdlet => mailbox::cmdlet(record, event, id, dice),
            Shape::File => workplace::file(record, event, id, dice),
            Shape::Page => workplace::page(record, event, id, dice),
            Shape::Teams => workplace::teams(record, event, id, dice),
            Shape::SignIn => identity::sign_in(record, event, id, dice),
            Shape::Directory => identity::directory(record, event, id, dice),
            Shape::Alert => identity::alert(record, event, id, dice),
            Shape::MailAccess | Shape::Submission => {
                unreachable!("these carry the details that a hunt looks at")
            }
        },
    });
}

/// What the source of an audit record says about it.
struct Source {
    record_type: i64,
    workload: &'static str,
    status: &'static str,
    user_type: i64,
}

impl Event<'_> {
    /// Writes the members that every audit record starts with.
    fn header(&self, record: &mut Object, id: &str, source: &Source) {
        record.plain("CreationTime", |out| self.time.push_seconds(out));
        record.plain("Id", |out| out.push_str(id));
        record.text("Operation", self.kind.action);
        record.plain("OrganizationId", |out| out.push_str(TENANT));
        record.int("RecordType", source.record_type);
        record.text("ResultStatus", source.status);
        record.text("UserKey", &self.user.key);
        record.int("UserType", source.user_type);
        record.int("Version", 1);
        record.text("Workload", source.workload);
        record.text("UserId", &self.user.address);
    }

    /// Writes the access token by which an application worked. Its ClientAppId lies deeper than the one which
    /// the first hunt reads, and comes first.
    fn token(&self, record: &mut Object, api: &str, app: &str, dice: &mut Dice) {
        record.object("AppAccessContext", |token| {
            token.guid("AADSessionId", dice);
            token.text("APIId", api);
            token.text("ClientAppId", app);
            token.plain("IssuedAtTime", |out| self.time.plus(-9_000_000_000).push_seconds(out));
            token.word("UniqueTokenId", dice, super::dice::Alphabet::Base64, 22);
        });
    }

    /// Writes the value of the column ActivityObjects.
    pub fn activity_objects(&self, out: &mut String) {
        json::array(out, |objects| {
            objects.object(|task| {
                task.text("Type", "Task");
                task.text("Role", "Target object");
                task.text("Name", self.kind.action);
            });
            objects.object(|account| {
                account.text("Type", "Account");
                account.text("Role", "Actor");
                account.text("Name", &self.user.display);
                account.plain("Id", |out| out.push_str(&self.user.object_id));
                account.int("ApplicationId", 11_161);
            });
        });
    }

    /// Writes the value of the column SessionData.
    pub fn session(&self, out: &mut String, dice: &mut Dice) {
        json::object(out, |session| {
            session.guid("AADSessionId", dice);
            session.bool("InLineSession", false);
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::generate::vocabulary::Directory;

    #[test]
    fn documents_of_all_kinds_are_json() {
        let directory = Directory::new(1, 1_000);
        for (_, kind) in KINDS {
            for row in 0..50 {
                let mut dice = Dice::new(1, 0, row);
                let event = Event {
                    time: Ticks(17_936_640_001_234_567),
                    user: &directory.users[row as usize % 40],
                    directory: &directory,
                    kind,
                    agent: 0,
                };
                let mut out = String::new();
                write(&mut out, &event, "id", &Action::Other(kind), &mut dice);
                let document: serde_json::Value =
                    serde_json::from_str(&out).unwrap_or_else(|error| panic!("{error} in {out}"));
                assert_eq!(document["Operation"], kind.action);
            }
        }
    }
}

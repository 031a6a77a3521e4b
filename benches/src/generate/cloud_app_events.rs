//! Rows of `CloudAppEvents`: what users and applications did in the cloud.

use super::clock::{Ticks, Timeline};
use super::dice::Dice;
use super::email_events::{Direction, Mail};
use super::lake::Rows;
use super::purpose;
use super::raw_event::{self, Event};
use super::record::Record;
use super::table::{Bool, Datetime, Int, Json, Table, Text, table};
use super::vocabulary::{DEVICES, Directory, EXCHANGE, GRAPH, USER_AGENTS};

table! {
    /// Collected rows of `CloudAppEvents`; the columns are the documented ones.
    CloudAppEvents, unique: ["Timestamp", "ReportId", "RawEventData", "ObjectId"], {
        timestamp = "Timestamp": Datetime,
        action_type = "ActionType": Text,
        application = "Application": Text,
        application_id = "ApplicationId": Int,
        app_instance_id = "AppInstanceId": Int,
        account_object_id = "AccountObjectId": Text,
        account_id = "AccountId": Text,
        account_display_name = "AccountDisplayName": Text,
        is_admin_operation = "IsAdminOperation": Bool,
        device_type = "DeviceType": Text,
        os_platform = "OSPlatform": Text,
        ip_address = "IPAddress": Text,
        is_anonymous_proxy = "IsAnonymousProxy": Bool,
        country_code = "CountryCode": Text,
        city = "City": Text,
        isp = "Isp": Text,
        user_agent = "UserAgent": Text,
        activity_type = "ActivityType": Text,
        activity_objects = "ActivityObjects": Json,
        object_name = "ObjectName": Text,
        object_type = "ObjectType": Text,
        object_id = "ObjectId": Text,
        report_id = "ReportId": Text,
        account_type = "AccountType": Text,
        is_external_user = "IsExternalUser": Bool,
        is_impersonated = "IsImpersonated": Bool,
        ip_tags = "IPTags": Json,
        ip_category = "IPCategory": Text,
        user_agent_tags = "UserAgentTags": Json,
        raw_event_data = "RawEventData": Json,
        additional_fields = "AdditionalFields": Json,
        last_seen_for_user = "LastSeenForUser": Json,
        uncommon_for_user = "UncommonForUser": Json,
        audit_source = "AuditSource": Text,
        session_data = "SessionData": Json,
        oauth_app_id = "OAuthAppId": Text,
    }
}

const _: () = assert!(CloudAppEvents::COLUMNS.len() == 36);

/// The application of an access to mail, as RawEventData names it in ClientAppId.
#[derive(Clone, Debug)]
pub enum ClientApp {
    /// An id.
    Id(String),
    /// An id whose hyphens are written as `\u002d`.
    Escaped(String),
    /// An empty string.
    Empty,
    /// A null.
    Null,
    /// No such member at the top, though there is one deeper in the document.
    Missing,
}

impl ClientApp {
    /// The id that the first hunt groups by.
    pub fn counted(&self) -> Option<&str> {
        match self {
            ClientApp::Id(id) | ClientApp::Escaped(id) => Some(id),
            ClientApp::Empty | ClientApp::Null | ClientApp::Missing => None,
        }
    }
}

/// The API through which an application accessed mail, as RawEventData names it in AppId.
#[derive(Clone, Copy, Debug)]
pub enum Audience {
    /// Microsoft Graph.
    Graph,
    /// Microsoft Graph, in capitals: `has` does not mind.
    GraphInCapitals,
    /// Microsoft Graph as a part of a longer text: `has` finds it.
    GraphInText,
    /// A text that contains the id of Graph, but not as a term of its own: `has` does not find it.
    Lookalike,
    /// Exchange Online.
    Exchange,
}

impl Audience {
    /// Whether the first hunt counts it.
    pub fn is_graph(self) -> bool {
        matches!(self, Audience::Graph | Audience::GraphInCapitals | Audience::GraphInText)
    }

    /// The text in RawEventData.
    pub fn text(self) -> String {
        match self {
            Audience::Graph => GRAPH.to_owned(),
            Audience::GraphInCapitals => GRAPH.to_uppercase(),
            Audience::GraphInText => format!("api://{GRAPH}/.default"),
            Audience::Lookalike => format!("{GRAPH}00"),
            Audience::Exchange => EXCHANGE.to_owned(),
        }
    }
}

/// The number of accesses that one record stands for, as RawEventData gives it in OperationCount.
#[derive(Clone, Copy, Debug)]
pub enum Operations {
    /// A number.
    Number(i64),
    /// A number in quotes.
    Text(i64),
    /// No such member.
    Missing,
}

impl Operations {
    /// What a sum of them counts.
    pub fn counted(self) -> i64 {
        match self {
            Operations::Number(count) | Operations::Text(count) => count,
            Operations::Missing => 0,
        }
    }
}

/// An access to mail.
#[derive(Clone, Debug)]
pub struct MailAccess {
    /// Who.
    pub app: ClientApp,
    /// Through which API.
    pub audience: Audience,
    /// How often.
    pub operations: Operations,
}

/// What a user says that a submitted mail is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Phish that was not recognised: `"1"`.
    Phish,
    /// Phish, with the type as a number instead of a string: `1`.
    PhishAsNumber,
    /// Spam that was not recognised: `"0"`.
    Spam,
    /// Not junk: `"3"`.
    NotJunk,
}

impl Verdict {
    /// Whether the third hunt counts it.
    pub fn is_false_negative(self) -> bool {
        self != Verdict::NotJunk
    }
}

/// What kind of thing was submitted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Content {
    /// A mail.
    Mail,
    /// A mail by a name that only looks the same: `mail`.
    Lookalike,
    /// A message of a chat.
    Chat,
}

impl Content {
    /// Whether the third hunt counts it.
    pub fn is_mail(self) -> bool {
        self == Content::Mail
    }

    /// The text in SubmissionContentType.
    pub fn text(self) -> &'static str {
        match self {
            Content::Mail => "Mail",
            Content::Lookalike => "mail",
            Content::Chat => "ChatMessage",
        }
    }
}

/// The submission of a mail by its recipient.
#[derive(Clone, Debug)]
pub struct Submission {
    /// The network message id of the mail.
    pub message: String,
    /// The place in the directory of the recipient who submits it.
    pub user: usize,
    /// What they say that it is.
    pub verdict: Verdict,
    /// What kind of thing it is.
    pub content: Content,
    /// Who sent it.
    pub sender: String,
    /// Its subject.
    pub subject: String,
    /// Whether it crossed the organisation's border.
    pub direction: Direction,
    /// How many rows of EmailEvents the message has for this recipient.
    pub deliveries: u64,
}

/// What happened, with the details that hunts look at.
#[derive(Clone, Debug)]
pub enum Action {
    /// `MailItemsAccessed`
    MailItemsAccessed(MailAccess),
    /// `UserSubmission`
    UserSubmission(Submission),
    /// Anything else.
    Other(&'static Kind),
}

/// A kind of activity.
#[derive(Debug)]
pub struct Kind {
    /// The value of ActionType.
    pub action: &'static str,
    /// The name and number of the application.
    pub application: (&'static str, i32),
    /// The value of ActivityType.
    pub activity: &'static str,
    /// The shape of its RawEventData.
    pub shape: raw_event::Shape,
}

impl Action {
    fn kind(&self) -> &'static Kind {
        match self {
            Action::MailItemsAccessed(_) => &raw_event::MAIL_ITEMS_ACCESSED,
            Action::UserSubmission(_) => &raw_event::USER_SUBMISSION,
            Action::Other(kind) => kind,
        }
    }
}

/// The activities of a lake.
pub struct Activities<'a> {
    /// The seed of the lake.
    pub seed: u64,
    /// Users and applications.
    pub directory: &'a Directory,
    /// The times of the rows of the background.
    pub timeline: &'a Timeline,
    /// The mail that submissions refer to.
    pub mail: &'a Mail<'a>,
    /// Rows to be written among the background, in the order of time: when, what, and the user's place in the
    /// directory.
    pub planted: &'a [(Ticks, Action, usize)],
}

impl Rows for Activities<'_> {
    type Table = CloudAppEvents;

    fn background(&self) -> u64 {
        self.timeline.rows()
    }

    fn time(&self, row: u64) -> Ticks {
        self.timeline.at(row, Dice::new(self.seed, purpose::ACTIVITY_TIME, row).bits())
    }

    fn push(&self, row: u64, table: &mut CloudAppEvents, record: &mut Record) {
        let mut dice = Dice::new(self.seed, purpose::ACTIVITY, row);
        let (action, user) = match dice.below(1_000) {
            0..200 => (self.mail_access(&mut dice), self.directory.any_user(&mut dice)),
            200..210 => {
                let submission = self.submission(row, &mut dice);
                let user = submission.user;
                (Action::UserSubmission(submission), user)
            }
            _ => (Action::Other(raw_event::any_kind(&mut dice)), self.directory.any_user(&mut dice)),
        };
        self.push_activity(table, self.time(row), &action, user, &mut dice, record);
    }

    fn planted(&self) -> usize {
        self.planted.len()
    }

    fn planted_time(&self, index: usize) -> Ticks {
        self.planted[index].0
    }

    fn push_planted(&self, index: usize, table: &mut CloudAppEvents, record: &mut Record) {
        let (time, action, user) = &self.planted[index];
        let mut dice = Dice::new(self.seed, purpose::PLANTED_ACTIVITY, index as u64);
        self.push_activity(table, *time, action, *user, &mut dice, record);
    }
}

impl Activities<'_> {
    fn mail_access(&self, dice: &mut Dice) -> Action {
        let app = &self.directory.apps[dice.skewed(self.directory.apps.len() as u64) as usize];
        Action::MailItemsAccessed(MailAccess {
            app: match dice.below(200) {
                0 => ClientApp::Empty,
                1 => ClientApp::Null,
                2..5 => ClientApp::Missing,
                _ => ClientApp::Id(app.id.clone()),
            },
            audience: if dice.chance(600) { Audience::Graph } else { Audience::Exchange },
            operations: match dice.below(100) {
                0 => Operations::Missing,
                1..4 => Operations::Text(dice.between(1, 6)),
                _ => Operations::Number(dice.between(1, 6)),
            },
        })
    }

    /// A submission of a mail that was delivered shortly before row `row`.
    fn submission(&self, row: u64, dice: &mut Dice) -> Submission {
        let mail_rows = self.mail.background();
        let newest = (u128::from(row) * u128::from(mail_rows) / u128::from(self.background())) as u64;
        let mut mail_row = newest.saturating_sub(1 + dice.skewed(1 + mail_rows / 20));
        let mut delivery = self.mail.delivery(mail_row);
        // Users report mail from outside; mail from colleagues hardly ever.
        for _ in 0..16 {
            if delivery.direction == Direction::Inbound
                || delivery.direction == Direction::IntraOrg && dice.chance(100)
            {
                break;
            }
            mail_row = if mail_row == 0 { dice.below(mail_rows) } else { mail_row - 1 };
            delivery = self.mail.delivery(mail_row);
        }
        Submission {
            message: delivery.message,
            user: delivery.user.unwrap_or_else(|| self.directory.any_user(dice)),
            verdict: dice.weighted(&[
                (55, Verdict::Phish),
                (25, Verdict::Spam),
                (5, Verdict::PhishAsNumber),
                (15, Verdict::NotJunk),
            ]),
            content: dice.weighted(&[(94, Content::Mail), (6, Content::Chat)]),
            sender: delivery.sender.0,
            subject: delivery.subject.unwrap_or_default(),
            direction: delivery.direction,
            deliveries: 1,
        }
    }

    /// Adds an activity and notes what the hunts must find in it. `dice` fills the columns that no hunt
    /// reads.
    fn push_activity(
        &self,
        table: &mut CloudAppEvents,
        time: Ticks,
        action: &Action,
        user: usize,
        dice: &mut Dice,
        record: &mut Record,
    ) {
        let kind = action.kind();
        let account = &self.directory.users[user];
        let event = Event {
            time,
            user: account,
            directory: self.directory,
            kind,
            agent: dice.skewed(USER_AGENTS.len() as u64) as usize,
        };
        // Users travel: one event in twenty comes from elsewhere.
        let elsewhere = dice.chance(50).then(|| super::vocabulary::ip(dice));
        let oauth_app = match action {
            Action::MailItemsAccessed(access) => {
                record.mail_access(time, access);
                access.app.counted()
            }
            Action::UserSubmission(submission) => {
                record.submission(submission, &account.object_id);
                None
            }
            Action::Other(_) => None,
        };

        table.timestamp.put(time);
        table.action_type.put(kind.action);
        table.application.put(kind.application.0);
        table.application_id.put(kind.application.1);
        table.app_instance_id.put(0);
        table.account_object_id.put(&account.object_id);
        table.account_id.put(&account.address);
        table.account_display_name.put(&account.display);
        table
            .is_admin_operation
            .put(matches!(kind.shape, raw_event::Shape::Directory | raw_event::Shape::Cmdlet));
        table.device_type.put(DEVICES[event.agent].0);
        table.os_platform.put(DEVICES[event.agent].1);
        table.ip_address.put(elsewhere.as_deref().unwrap_or(&account.ip));
        table
            .is_anonymous_proxy
            .option((!dice.chance(100)).then_some(elsewhere.is_some() && dice.chance(50)));
        table.country_code.put(account.place.0);
        table.city.put(account.place.1);
        table.isp.put(account.place.2);
        table.user_agent.option((kind.shape != raw_event::Shape::Alert).then_some(USER_AGENTS[event.agent]));
        table.activity_type.put(kind.activity);
        table.activity_objects.write(|out| event.activity_objects(out));
        table.object_name.put(kind.action);
        table.object_type.put("Task");
        // Absent texts are null in one source and empty in another: the lake has both.
        table.object_id.put("");
        let id = dice.guid();
        table.report_id.write(|out| {
            for part in [&dice.below(1 << 31).to_string(), "_", &kind.application.1.to_string(), "_", &id] {
                out.push_str(part);
            }
        });
        table.account_type.option((!dice.chance(100)).then_some("Regular"));
        table.is_external_user.option((!dice.chance(50)).then_some(false));
        table.is_impersonated.option(Some(false));
        if elsewhere.is_some() && dice.chance(200) {
            table.ip_tags.put(r#"["Tor","Anonymous proxy"]"#)
        } else {
            table.ip_tags.put("[]")
        }
        table.ip_category.option(elsewhere.is_some().then_some("Risky"));
        if dice.chance(50) {
            table.user_agent_tags.put(r#"["Outdated browser"]"#)
        } else {
            table.user_agent_tags.put("[]")
        }
        // Some activities reach the table without their audit record.
        if matches!(kind.shape, raw_event::Shape::Teams) && dice.chance(20) {
            table.raw_event_data.null();
        } else {
            table.raw_event_data.write(|out| raw_event::write(out, &event, &id, action, dice));
        }
        table.additional_fields.put(r#"{"IsSatelliteProvider":false}"#);
        if dice.chance(300) {
            table.last_seen_for_user.put(r#"{"ActionType":0,"OSPlatform":3,"ISP":12}"#)
        } else {
            table.last_seen_for_user.put("{}")
        }
        if elsewhere.is_some() {
            table.uncommon_for_user.put(r#"["ISP","CountryCode"]"#)
        } else {
            table.uncommon_for_user.null()
        }
        table.audit_source.put("Defender for Cloud Apps app connector");
        if kind.shape == raw_event::Shape::SignIn {
            table.session_data.write(|out| event.session(out, dice))
        } else {
            table.session_data.null()
        }
        table.oauth_app_id.option(oauth_app);
    }
}

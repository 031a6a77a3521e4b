//! Rows of `EmailEvents`: one for each recipient of a message.

use super::clock::{Ticks, Timeline};
use super::dice::{Alphabet, Dice, push_guid};
use super::lake::Rows;
use super::purpose;
use super::record::{Record, Remediation};
use super::table::{Datetime, Int, Long, Table, Text, table};
use super::vocabulary::{self, Directory, HOME_DOMAIN, OUTSIDE_DOMAINS};

table! {
    /// Collected rows of `EmailEvents`; the columns are the documented ones.
    EmailEvents, unique: ["Timestamp", "NetworkMessageId", "InternetMessageId", "EmailClusterId", "ReportId"], {
        timestamp = "Timestamp": Datetime,
        network_message_id = "NetworkMessageId": Text,
        internet_message_id = "InternetMessageId": Text,
        sender_mail_from_address = "SenderMailFromAddress": Text,
        sender_from_address = "SenderFromAddress": Text,
        sender_display_name = "SenderDisplayName": Text,
        sender_object_id = "SenderObjectId": Text,
        sender_mail_from_domain = "SenderMailFromDomain": Text,
        sender_from_domain = "SenderFromDomain": Text,
        sender_ipv4 = "SenderIPv4": Text,
        sender_ipv6 = "SenderIPv6": Text,
        recipient_email_address = "RecipientEmailAddress": Text,
        recipient_object_id = "RecipientObjectId": Text,
        subject = "Subject": Text,
        email_cluster_id = "EmailClusterId": Long,
        email_direction = "EmailDirection": Text,
        delivery_action = "DeliveryAction": Text,
        delivery_location = "DeliveryLocation": Text,
        threat_types = "ThreatTypes": Text,
        threat_names = "ThreatNames": Text,
        detection_methods = "DetectionMethods": Text,
        confidence_level = "ConfidenceLevel": Text,
        bulk_complaint_level = "BulkComplaintLevel": Int,
        email_action = "EmailAction": Text,
        email_action_policy = "EmailActionPolicy": Text,
        email_action_policy_guid = "EmailActionPolicyGuid": Text,
        authentication_details = "AuthenticationDetails": Text,
        attachment_count = "AttachmentCount": Int,
        url_count = "UrlCount": Int,
        email_language = "EmailLanguage": Text,
        connectors = "Connectors": Text,
        org_level_action = "OrgLevelAction": Text,
        org_level_policy = "OrgLevelPolicy": Text,
        user_level_action = "UserLevelAction": Text,
        user_level_policy = "UserLevelPolicy": Text,
        report_id = "ReportId": Text,
        additional_fields = "AdditionalFields": Text,
        latest_delivery_location = "LatestDeliveryLocation": Text,
        latest_delivery_action = "LatestDeliveryAction": Text,
        original_threat_types = "OriginalThreatTypes": Text,
        original_detection_methods = "OriginalDetectionMethods": Text,
        original_confidence_level = "OriginalConfidenceLevel": Text,
        distribution_list = "DistributionList": Text,
        exchange_transport_rule = "ExchangeTransportRule": Text,
        forwarding_information = "ForwardingInformation": Text,
        context = "Context": Text,
        to = "To": Text,
        cc = "Cc": Text,
        threat_classification = "ThreatClassification": Text,
        recipient_domain = "RecipientDomain": Text,
        email_size = "EmailSize": Long,
        is_first_contact = "IsFirstContact": Int,
        topics = "Topics": Text,
    }
}

/// Whether a message crossed the organisation's border.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// From outside.
    Inbound,
    /// From one user to another.
    IntraOrg,
    /// To outside.
    Outbound,
    /// A text that is nearly `Intra-org`, to be told from it.
    Lookalike(&'static str),
}

impl Direction {
    fn text(self) -> &'static str {
        match self {
            Direction::Inbound => "Inbound",
            Direction::IntraOrg => "Intra-org",
            Direction::Outbound => "Outbound",
            Direction::Lookalike(text) => text,
        }
    }
}

/// What last happened to a delivered message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LatestAction {
    /// A remediation that the second hunt lists.
    Remediated(Remediation),
    /// Anything else.
    Other(&'static str),
    /// Nothing: null in the file.
    Nothing,
}

/// A message to one recipient, as far as the hunts look at it.
#[derive(Clone, Debug)]
pub struct Delivery {
    /// When it was delivered.
    pub time: Ticks,
    /// The id that is the same for all recipients.
    pub message: String,
    /// Whether it crossed the organisation's border.
    pub direction: Direction,
    /// The sender's address and name.
    pub sender: (String, String),
    /// The recipient's address; null in the file if none.
    pub recipient: Option<String>,
    /// The recipient's object id; null in the file if none.
    pub recipient_id: Option<String>,
    /// The recipient's place in the directory, if they are a user.
    pub user: Option<usize>,
    /// The subject; null in the file if none.
    pub subject: Option<String>,
    /// What last happened to it.
    pub latest: LatestAction,
}

/// The mail of a lake. Any row can be made without the ones before it, so submissions can refer to any of
/// them.
pub struct Mail<'a> {
    /// The seed of the lake.
    pub seed: u64,
    /// Senders and recipients.
    pub directory: &'a Directory,
    /// The times of the rows of the background.
    pub timeline: &'a Timeline,
    /// Rows to be written among them, in the order of time.
    pub planted: &'a [Delivery],
}

impl Mail<'_> {
    /// The delivery in row `row`.
    pub fn delivery(&self, row: u64) -> Delivery {
        let message_row = first_row_of_message(self.seed, row);
        let mut message = Dice::new(self.seed, purpose::MESSAGE, message_row);
        let mut own = Dice::new(self.seed, purpose::EMAIL, row);
        let mut id = String::with_capacity(36);
        push_guid(&mut id, [message.bits(), message.bits()]);
        let direction = message.weighted(&[
            (68, Direction::Inbound),
            (21, Direction::IntraOrg),
            (11, Direction::Outbound),
        ]);
        let users = &self.directory.users;
        let sender = if direction == Direction::Inbound {
            outsider(&mut message)
        } else {
            insider(self.directory, &mut message)
        };
        let subject = (!message.chance(4)).then(|| vocabulary::subject(&mut message));
        // The recipients of one message differ because their places follow one another.
        let recipient = (self.directory.any_user(&mut message) + (row - message_row) as usize) % users.len();
        let user = (direction != Direction::Outbound).then_some(recipient);
        Delivery {
            time: self.time(row),
            message: id,
            direction,
            sender,
            recipient: Some(user.map_or_else(|| outsider(&mut own).0, |user| users[user].address.clone())),
            recipient_id: user.map(|user| users[user].object_id.clone()),
            user,
            subject,
            latest: own.weighted(LATEST_ACTIONS),
        }
    }
}

/// One message in eight groups of four rows goes to four recipients: then its first row stands for it.
fn first_row_of_message(seed: u64, row: u64) -> u64 {
    let group = row / 4;
    if Dice::new(seed, purpose::MESSAGE_GROUP, group).below(8) == 0 { group * 4 } else { row }
}

/// One delivery in a hundred is remediated.
const LATEST_ACTIONS: &[(u64, LatestAction)] = &[
    (8_200, LatestAction::Other("Delivered")),
    (700, LatestAction::Other("Blocked")),
    (500, LatestAction::Other("Quarantined")),
    (400, LatestAction::Other("Junked")),
    (60, LatestAction::Other("Moved to inbox")),
    (40, LatestAction::Nothing),
    (25, LatestAction::Remediated(Remediation::HardDelete)),
    (35, LatestAction::Remediated(Remediation::SoftDelete)),
    (25, LatestAction::Remediated(Remediation::MoveToJunk)),
    (15, LatestAction::Remediated(Remediation::MoveToDeleted)),
];

fn insider(directory: &Directory, dice: &mut Dice) -> (String, String) {
    let user = &directory.users[directory.any_user(dice)];
    (user.address.clone(), user.display.clone())
}

fn outsider(dice: &mut Dice) -> (String, String) {
    let who = dice.pick(&[
        "alerts",
        "billing",
        "no-reply",
        "info",
        "marta.silva",
        "j.smith",
        "newsletter",
        "support",
    ]);
    (format!("{who}{}@{}", dice.skewed(400), dice.pick(OUTSIDE_DOMAINS)), who.replace(['.', '-'], " "))
}

impl EmailEvents {
    /// Adds a delivery and notes what the hunts must find in it. `dice` fills the columns that no hunt reads.
    pub fn push(&mut self, delivery: &Delivery, dice: &mut Dice, record: &mut Record) {
        record.delivery(delivery);
        let address = delivery.sender.0.as_str();
        let domain = address.split_once('@').map_or("", |(_, domain)| domain);
        let inbound = delivery.direction == Direction::Inbound;
        let threat = (inbound && dice.chance(60))
            .then(|| dice.weighted(&[(6, "Phish"), (3, "Spam"), (1, "Malware, Phish")]));

        self.timestamp.put(delivery.time);
        self.network_message_id.put(&delivery.message);
        self.internet_message_id.write(|out| {
            out.push('<');
            dice.push_word(out, Alphabet::Capitals, 26);
            out.push('@');
            out.push_str(domain);
            out.push('>');
        });
        self.sender_mail_from_address.put(address);
        self.sender_from_address.put(address);
        self.sender_display_name.put(&delivery.sender.1);
        self.sender_object_id.null();
        self.sender_mail_from_domain.put(domain);
        self.sender_from_domain.put(domain);
        let ip = vocabulary::ip(dice);
        let version_6 = ip.contains(':');
        self.sender_ipv4.option((!version_6).then_some(&ip));
        self.sender_ipv6.option(version_6.then_some(&ip));
        self.recipient_email_address.option(delivery.recipient.as_deref());
        self.recipient_object_id.option(delivery.recipient_id.as_deref());
        self.subject.option(delivery.subject.as_deref());
        // Cluster ids use all 64 bits: beyond 2^53 a double would lose the last digits.
        self.email_cluster_id.put(dice.bits() as i64);
        self.email_direction.put(delivery.direction.text());
        self.push_verdict(delivery, threat, dice);
        self.push_policies(threat, dice);
        self.report_id.write(|out| {
            out.push_str(&delivery.message);
            out.push('-');
            out.push_str(&dice.bits().to_string());
            out.push_str("-1");
        });
        self.additional_fields.null();
        self.push_envelope(delivery, threat, dice);
    }

    fn push_verdict(&mut self, delivery: &Delivery, threat: Option<&str>, dice: &mut Dice) {
        let (action, location) = match threat {
            None => (
                "Delivered",
                if delivery.direction == Direction::Outbound {
                    "On-premises/external"
                } else {
                    "Inbox/folder"
                },
            ),
            Some("Spam") => ("Junked", "Junk folder"),
            Some(_) => ("Blocked", "Quarantine"),
        };
        self.delivery_action.put(action);
        self.delivery_location.put(location);
        self.threat_types.option(threat);
        self.threat_names
            .option(threat.filter(|threat| threat.starts_with("Malware")).map(|_| "JS/Example.A!ml"));
        self.detection_methods
            .option(threat.map(|_| r#"{"Phish":["URL malicious reputation","Mixed analysis detection"]}"#));
        self.confidence_level.option(threat.map(|_| r#"{"Phish":"High","Spam":"Normal"}"#));
        self.latest_delivery_location.put(location);
        self.latest_delivery_action.option(match delivery.latest {
            LatestAction::Remediated(remediation) => Some(remediation.text()),
            LatestAction::Other(text) => Some(text),
            LatestAction::Nothing => None,
        });
        self.original_threat_types.option(threat.filter(|_| dice.chance(300)));
        self.original_detection_methods.null();
        self.original_confidence_level.null();
    }

    fn push_policies(&mut self, threat: Option<&str>, dice: &mut Dice) {
        let policy = threat.map(|_| "Anti-phishing mailbox intelligence");
        self.bulk_complaint_level.option(dice.chance(400).then(|| dice.between(0, 9) as i32));
        self.email_action.option(threat.map(|_| "Move to quarantine"));
        self.email_action_policy.option(policy);
        self.email_action_policy_guid.option(policy.map(|_| "6a2be9a4-3a53-4e26-8a1a-9b7cf9c4a1d0"));
        self.authentication_details.put(if threat.is_some() && dice.chance(500) {
            r#"{"SPF":"fail","DKIM":"none","DMARC":"fail","CompAuth":"fail"}"#
        } else {
            r#"{"SPF":"pass","DKIM":"pass","DMARC":"pass","CompAuth":"pass"}"#
        });
        self.attachment_count.put(dice.skewed(4) as i32);
        self.url_count.put(dice.skewed(30) as i32);
        self.email_language.put(dice.weighted(&[
            (60, "en"),
            (20, "de"),
            (6, "fr"),
            (5, "ja"),
            (5, "ru"),
            (4, "pt"),
        ]));
        self.connectors.option(dice.chance(30).then_some("From partner – Fabrikam"));
        self.org_level_action.option(dice.chance(10).then_some("Allow"));
        self.org_level_policy
            .option(dice.chance(10).then_some("Tenant Allow/Block List sender email address allow"));
        self.user_level_action.null();
        self.user_level_policy.null();
    }

    fn push_envelope(&mut self, delivery: &Delivery, threat: Option<&str>, dice: &mut Dice) {
        let recipient = delivery.recipient.as_deref();
        self.distribution_list.option(dice.chance(40).then_some("all-staff@contoso.example"));
        self.exchange_transport_rule.null();
        self.forwarding_information.null();
        self.context.null();
        self.to.option(recipient);
        // Absent texts are null in one source and empty in another: the lake has both.
        self.cc.option((!dice.chance(500)).then_some(""));
        self.threat_classification.option(threat.map(|_| "Credential theft"));
        self.recipient_domain.option(
            recipient.map(|address| address.split_once('@').map_or(HOME_DOMAIN, |(_, domain)| domain)),
        );
        self.email_size.put(2_000 + dice.skewed(4_000_000) as i64);
        self.is_first_contact.put(i32::from(dice.chance(100)));
        self.topics.null();
    }
}

impl Rows for Mail<'_> {
    type Table = EmailEvents;

    fn background(&self) -> u64 {
        self.timeline.rows()
    }

    fn time(&self, row: u64) -> Ticks {
        self.timeline.at(row, Dice::new(self.seed, purpose::EMAIL_TIME, row).bits())
    }

    fn push(&self, row: u64, table: &mut EmailEvents, record: &mut Record) {
        table.push(&self.delivery(row), &mut Dice::new(self.seed, purpose::EMAIL_REST, row), record);
    }

    fn planted(&self) -> usize {
        self.planted.len()
    }

    fn planted_time(&self, index: usize) -> Ticks {
        self.planted[index].time
    }

    fn push_planted(&self, index: usize, table: &mut EmailEvents, record: &mut Record) {
        table.push(
            &self.planted[index],
            &mut Dice::new(self.seed, purpose::PLANTED_EMAIL, index as u64),
            record,
        );
    }
}

const _: () = assert!(EmailEvents::COLUMNS.len() == 53);

//! What the hunts must find, and what they must not mistake for it.
//!
//! Each planted case has a name in the comment before it, so that an engine that misses one can be
//! understood.

use super::clock::Ticks;
use super::cloud_app_events::{
    Action, Audience, ClientApp, Content, MailAccess, Operations, Submission, Verdict,
};
use super::dice::Dice;
use super::email_events::{Delivery, Direction, LatestAction};
use super::purpose;
use super::record::{Remediation, WINDOW_DAYS};
use super::vocabulary::{Directory, HOME_DOMAIN};

/// Rows to be written among the background, each list in the order of time.
pub struct Planted {
    /// Rows of `CloudAppEvents`: when, what and the user's place in the directory.
    pub activities: Vec<(Ticks, Action, usize)>,
    /// Rows of `EmailEvents`.
    pub deliveries: Vec<Delivery>,
}

impl Planted {
    /// The findings of a lake with `rows` rows a table and hunts that run at `now`.
    pub fn new(seed: u64, rows: u64, now: Ticks, directory: &Directory) -> Planted {
        let mut planter = Planter {
            now,
            // The first hunt's window starts at a midnight; the second one's 30 days before now, to the tick.
            first_day: now.plus_days(-WINDOW_DAYS).start_of_day(),
            directory,
            dice: Dice::new(seed, purpose::PLANTED, 0),
            planted: Planted { activities: Vec::new(), deliveries: Vec::new() },
        };
        planter.mail_access(rows);
        planter.mail_access_edges();
        planter.remediations();
        planter.submissions(rows);
        let mut planted = planter.planted;
        planted.activities.sort_by_key(|(time, _, _)| *time);
        planted.deliveries.sort_by_key(|delivery| delivery.time);
        planted
    }
}

struct Planter<'a> {
    now: Ticks,
    first_day: Ticks,
    directory: &'a Directory,
    dice: Dice,
    planted: Planted,
}

/// A time of day well within it.
const MORNING: i64 = 9 * 36_000_000_000 + 1_234_567;

impl Planter<'_> {
    // ---- Hunt 1: days on which an application read far more mail than on its other days.

    fn access(&mut self, time: Ticks, app: ClientApp, audience: Audience, operations: Operations) {
        let user = self.directory.any_user(&mut self.dice);
        self.planted.activities.push((
            time,
            Action::MailItemsAccessed(MailAccess { app, audience, operations }),
            user,
        ));
    }

    /// An access through Graph in the course of day `day` of the window.
    fn graph(&mut self, app: &str, day: i64, operations: i64) {
        let time = self.first_day.plus_days(day).plus(MORNING + self.dice.below(200_000_000_000) as i64);
        self.access(time, ClientApp::Id(app.to_owned()), Audience::Graph, Operations::Number(operations));
    }

    /// `days` days of one access each, of about three operations.
    fn steady(&mut self, app: &str, days: std::ops::Range<i64>) {
        for day in days {
            let operations = 2 + day % 3;
            self.graph(app, day, operations);
        }
    }

    fn mail_access(&mut self, rows: u64) {
        // Steady, then a burst: one finding each. Large lakes have more of them.
        for _ in 0..2 + (rows / 200_000).min(40) {
            let app = self.dice.guid();
            self.steady(&app, 0..30);
            let burst = self.dice.between(3, 28);
            for _ in 0..5 {
                self.graph(&app, burst, 11);
            }
        }
        // Two bursts: two findings.
        let app = self.dice.guid();
        self.steady(&app, 0..24);
        for day in [6, 19] {
            for _ in 0..4 {
                self.graph(&app, day, 12);
            }
        }
        // Nine days are enough for a finding, (n - 1) / sqrt(n) = 2.67; eight are not: 2.47 with the
        // deviation of a sample, though 2.65 with that of a population.
        for days in [9, 8] {
            let app = self.dice.guid();
            for day in 10..10 + days - 1 {
                self.graph(&app, day, 3);
            }
            self.graph(&app, 10 + days - 1, 400);
        }
        // One day only: the deviation is 0, and nothing is above the average.
        let app = self.dice.guid();
        self.graph(&app, 12, 500);
        // The same every day: no deviation either.
        let app = self.dice.guid();
        for day in 4..18 {
            self.graph(&app, day, 7);
        }
        // A burst through Exchange, not Graph: nothing.
        let app = self.dice.guid();
        self.steady(&app, 2..14);
        let time = self.first_day.plus_days(8).plus(MORNING);
        self.access(time, ClientApp::Id(app.clone()), Audience::Exchange, Operations::Number(300));
        // A burst under a text that merely contains the id of Graph: nothing.
        self.access(time, ClientApp::Id(app), Audience::Lookalike, Operations::Number(300));
    }

    fn mail_access_edges(&mut self) {
        // A burst under Graph's id in capitals and within a longer text: a finding.
        let app = self.dice.guid();
        self.steady(&app, 5..17);
        let time = self.first_day.plus_days(11).plus(MORNING);
        for audience in [Audience::GraphInCapitals, Audience::GraphInText] {
            self.access(time, ClientApp::Id(app.clone()), audience, Operations::Number(30));
        }
        // A burst whose number is in quotes, beside a record without a number, and whose app id has escapes:
        // a finding.
        let app = self.dice.guid();
        self.steady(&app, 5..17);
        self.access(time.plus(1), ClientApp::Id(app.clone()), Audience::Graph, Operations::Text(45));
        self.access(time.plus(2), ClientApp::Escaped(app.clone()), Audience::Graph, Operations::Number(45));
        self.access(time.plus(3), ClientApp::Id(app), Audience::Graph, Operations::Missing);
        // No client: never counted, however much.
        for app in [ClientApp::Empty, ClientApp::Null, ClientApp::Missing] {
            for day in 0..10 {
                let operations = if day == 7 { 900 } else { 2 };
                self.access(
                    self.first_day.plus_days(day).plus(MORNING),
                    app.clone(),
                    Audience::Graph,
                    Operations::Number(operations),
                );
            }
        }
        // The ends of the window belong to it: a burst at its first tick, and one at now; neither the tick
        // before nor the microseconds after now do, which would be higher still.
        let app = self.dice.guid();
        self.steady(&app, 1..28);
        let first = self.first_day;
        for (time, operations) in
            [(first, 60), (first.plus(-1), 5_000), (self.now, 50), (self.now.plus(11), 5_000)]
        {
            self.access(time, ClientApp::Id(app.clone()), Audience::Graph, Operations::Number(operations));
        }
        // A day ends with its last tick: a burst of two records, of which the second falls on the next day.
        let app = self.dice.guid();
        self.steady(&app, 2..20);
        let midnight = self.first_day.plus_days(10);
        for (time, operations) in [(midnight.plus(-1), 40), (midnight, 1)] {
            self.access(time, ClientApp::Id(app.clone()), Audience::Graph, Operations::Number(operations));
        }
    }

    // ---- Hunt 2: mail that was remediated after its delivery.

    fn delivery(
        &mut self,
        time: Ticks,
        recipient: Option<&str>,
        subject: Option<&str>,
        latest: LatestAction,
    ) {
        let message = self.dice.guid();
        let recipient_id = recipient.map(|_| self.dice.guid());
        self.planted.deliveries.push(Delivery {
            time,
            message,
            direction: Direction::Inbound,
            sender: ("storage-alert@lookalike.example".to_owned(), "Storage Service".to_owned()),
            recipient: recipient.map(str::to_owned),
            recipient_id,
            user: None,
            subject: subject.map(str::to_owned),
            latest,
        });
    }

    /// A remediated mail on some day of the window.
    fn remediated(&mut self, recipient: &str, subject: &str, remediation: Remediation) {
        let time =
            self.first_day.plus_days(self.dice.between(2, 28)).plus(self.dice.below(800_000_000_000) as i64);
        self.delivery(time, Some(recipient), Some(subject), LatestAction::Remediated(remediation));
    }

    fn remediations(&mut self) {
        // A victim of all four remediations.
        let subjects = [
            "Storage full",
            "Ihr Postfach ist voll – \"jetzt\" prüfen",
            "\\\\fileserver\\share\\Q3",
            "ストレージがいっぱいです",
            "🔥 50% off\r\n\ttoday",
            "a,b;c|d'e",
            "",
        ];
        for (remediation, count) in Remediation::ALL.into_iter().zip([7, 5, 3, 2]) {
            for index in 0..count {
                self.remediated("victim@contoso.example", subjects[index % subjects.len()], remediation);
            }
        }
        // One kind only: the other lists are empty, not null.
        for (recipient, remediation) in
            [("only-hard", Remediation::HardDelete), ("only-junk", Remediation::MoveToJunk)]
        {
            for _ in 0..4 {
                self.remediated(&format!("{recipient}@{HOME_DOMAIN}"), "Invoice overdue", remediation);
            }
        }
        // Addresses that differ in case are different texts.
        for (recipient, count) in [("Erika.Muster@contoso.example", 3), ("erika.muster@contoso.example", 2)] {
            for _ in 0..count {
                self.remediated(recipient, "Passwort läuft ab", Remediation::SoftDelete);
            }
        }
        // No recipient, as null and as an empty text: one group, with an empty name. No subject: nothing
        // after the last backslash.
        let time = self.first_day.plus_days(15).plus(MORNING);
        self.delivery(time, None, None, LatestAction::Remediated(Remediation::SoftDelete));
        self.delivery(
            time.plus(1),
            Some(""),
            Some("Undisclosed recipients"),
            LatestAction::Remediated(Remediation::SoftDelete),
        );
        // Seven digits after the second are printed, whatever they are.
        let second = self.first_day.plus_days(20).plus(100 * 10_000_000);
        for ticks in [0, 1_000_000, 1_234_567, 9_999_999, 1] {
            self.delivery(
                second.plus(ticks),
                Some("ticks@contoso.example"),
                Some("Tick"),
                LatestAction::Remediated(Remediation::MoveToDeleted),
            );
        }
        // The window starts after 30 days ago, and has no end.
        let start = self.now.plus_days(-WINDOW_DAYS);
        for (time, subject) in [
            (start, "too early"),
            (start.plus(11), "just in time"),
            (self.now, "now"),
            (self.now.plus(11), "clock ahead"),
        ] {
            self.delivery(
                time,
                Some("edge@contoso.example"),
                Some(subject),
                LatestAction::Remediated(Remediation::HardDelete),
            );
        }
        // Nearly the same words: `in` minds the case.
        for text in [
            "hard delete",
            "Hard Delete",
            "SOFT DELETE",
            "Soft delete ",
            "Moved to junk",
            "Moved to deleted items folder",
        ] {
            let latest = LatestAction::Other(text);
            self.delivery(time, Some("decoy@contoso.example"), Some("decoy"), latest);
            self.delivery(time, Some("victim@contoso.example"), Some("decoy"), latest);
        }
        self.delivery(time, Some("victim@contoso.example"), Some("decoy"), LatestAction::Nothing);
    }

    // ---- Hunt 3: mail from inside that its recipients submit as phish or spam.

    fn submissions(&mut self, rows: u64) {
        const SENDERS: [&str; 12] = [
            "ceo.office",
            "payroll",
            "it-helpdesk",
            "hr-news",
            "facilities",
            "benefits",
            "travel-desk",
            "treasury",
            "Legal.Alerts",
            "scanner-3",
            "voicemail",
            "parking",
        ];
        // Each sender is above the next one, and all are above the background, which grows with the lake.
        let (base, step) = (6 + rows / 250_000, 1 + rows / 2_000_000);
        for (rank, sender) in SENDERS.iter().rev().enumerate() {
            let address = format!("{sender}@{HOME_DOMAIN}");
            for mail in 0..base + step * rank as u64 {
                let delivery =
                    self.internal_mail(&address, Direction::IntraOrg, LatestAction::Other("Delivered"));
                // Users press the button more than once: an `inner` join would count every press. The two
                // senders below the tenth would then be at the top.
                let presses = if rank < 2 { 4 } else { 1 + u64::from(mail % 3 == 0) };
                for press in 0..presses {
                    let verdict = [Verdict::Phish, Verdict::Spam, Verdict::PhishAsNumber]
                        [((mail + press) % 3) as usize];
                    self.submit(&delivery, 1, verdict, Content::Mail);
                }
            }
        }
        // A mail that was delivered twice to the same recipient counts twice: innerunique keeps every right
        // row.
        let twice = self.internal_mail(
            "ceo.office@contoso.example",
            Direction::IntraOrg,
            LatestAction::Other("Delivered"),
        );
        let again = Delivery { time: twice.time.plus(50_000_000), ..twice.clone() };
        self.planted.deliveries.push(again);
        self.submit(&twice, 2, Verdict::Phish, Content::Mail);
        self.submission_decoys(base);
    }

    /// Submissions that the hunt must not count; as many as would bring their sender to the top.
    fn submission_decoys(&mut self, base: u64) {
        for _ in 0..base + 3 {
            let latest = LatestAction::Other("Delivered");
            // Not junk; not a mail; a mail whose type is in another case; never submitted.
            let delivery = self.internal_mail("newsletter@contoso.example", Direction::IntraOrg, latest);
            self.submit(&delivery, 1, Verdict::NotJunk, Content::Mail);
            self.submit(&delivery, 1, Verdict::Phish, Content::Chat);
            self.submit(&delivery, 1, Verdict::Phish, Content::Lookalike);
            // Not quite intra-org.
            let delivery =
                self.internal_mail("partner@fabrikam.example", Direction::Lookalike("intra-org"), latest);
            self.submit(&delivery, 1, Verdict::Phish, Content::Mail);
            // The right message, but submitted by somebody who is not its recipient.
            let mut delivery = self.internal_mail("unread@contoso.example", Direction::IntraOrg, latest);
            let recipient = delivery.user.expect("internal mail goes to users");
            delivery.user = Some((recipient + 1) % self.directory.users.len());
            delivery.direction = Direction::Lookalike("not a recipient");
            self.submit(&delivery, 0, Verdict::Phish, Content::Mail);
        }
    }

    /// A mail to any user, at any time of the last 45 days: the third hunt has no window.
    fn internal_mail(&mut self, sender: &str, direction: Direction, latest: LatestAction) -> Delivery {
        let user = self.directory.any_user(&mut self.dice);
        let recipient = &self.directory.users[user];
        let delivery = Delivery {
            time: self.now.plus(-(self.dice.below(44 * 864_000_000_000) as i64) - 36_000_000_000),
            message: self.dice.guid(),
            direction,
            sender: (sender.to_owned(), "Internal sender".to_owned()),
            recipient: Some(recipient.address.clone()),
            recipient_id: Some(recipient.object_id.clone()),
            user: Some(user),
            subject: Some(super::vocabulary::subject(&mut self.dice)),
            latest,
        };
        self.planted.deliveries.push(delivery.clone());
        delivery
    }

    fn submit(&mut self, delivery: &Delivery, deliveries: u64, verdict: Verdict, content: Content) {
        let user = delivery.user.expect("internal mail goes to users");
        let submission = Submission {
            message: delivery.message.clone(),
            user,
            verdict,
            content,
            sender: delivery.sender.0.clone(),
            subject: delivery.subject.clone().unwrap_or_default(),
            direction: delivery.direction,
            deliveries,
        };
        let time = delivery.time.plus(self.dice.between(600_000_000, 35_000_000_000));
        self.planted.activities.push((time, Action::UserSubmission(submission), user));
    }
}

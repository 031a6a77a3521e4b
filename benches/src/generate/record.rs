//! The generator's own record: what it wrote that the hunts must find, and the rows that each hunt must so
//! return.
//!
//! Nothing here reads the files or runs a query. The record counts what was *meant* (an access by Graph, a
//! hard delete, a submission as phish), and it knows Kusto's rules for the few steps of the hunts:
//!
//! - `startofday(ago(30d)) .. now()` includes both ends, `Timestamp > ago(30d)` has no upper end and excludes
//!   its own;
//! - `stdev` is the deviation of a sample, and 0 for a sample of one;
//! - a string is never null, so null and "" are one group;
//! - `make_list_if` without a hit is an empty list;
//! - `join` without a kind keeps one left row of each key, and every right row.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::clock::Ticks;
use super::cloud_app_events::{MailAccess, Submission};
use super::email_events::{Delivery, Direction, LatestAction};

/// How far back the hunts look.
pub const WINDOW_DAYS: i64 = 30;

/// A remediation which the second hunt lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Remediation {
    /// Gone for good.
    HardDelete,
    /// Gone, but recoverable.
    SoftDelete,
    /// In the junk folder.
    MoveToJunk,
    /// In the deleted items.
    MoveToDeleted,
}

impl Remediation {
    /// All of them, in the order of the hunt's columns.
    pub const ALL: [Remediation; 4] = [
        Remediation::HardDelete,
        Remediation::SoftDelete,
        Remediation::MoveToJunk,
        Remediation::MoveToDeleted,
    ];

    /// The text in `LatestDeliveryAction`.
    pub fn text(self) -> &'static str {
        match self {
            Remediation::HardDelete => "Hard delete",
            Remediation::SoftDelete => "Soft delete",
            Remediation::MoveToJunk => "Moved to junk folder",
            Remediation::MoveToDeleted => "Moved to deleted items",
        }
    }
}

/// What the generator wrote so far. Every file has its own record; they are merged at the end.
pub struct Record {
    now: Ticks,
    /// Number of operations by application and day (the midnight that it starts at), in the window of the
    /// first hunt.
    mail_accesses: BTreeMap<(String, Ticks), i64>,
    /// Lists of remediated mails by recipient, in the window of the second hunt.
    remediations: BTreeMap<String, [Vec<String>; 4]>,
    /// Submitted intra-org mails: message and recipient to sender and number of deliveries.
    submissions: BTreeMap<(String, String), (String, u64)>,
}

impl Record {
    /// An empty record for hunts that run at `now`.
    pub fn new(now: Ticks) -> Record {
        Record {
            now,
            mail_accesses: BTreeMap::new(),
            remediations: BTreeMap::new(),
            submissions: BTreeMap::new(),
        }
    }

    /// Notes an access to mail.
    pub fn mail_access(&mut self, time: Ticks, access: &MailAccess) {
        let start = self.now.plus_days(-WINDOW_DAYS).start_of_day();
        let Some(app) = access.app.counted() else { return };
        if access.audience.is_graph() && start <= time && time <= self.now {
            *self.mail_accesses.entry((app.to_owned(), time.start_of_day())).or_default() +=
                access.operations.counted();
        }
    }

    /// Notes the delivery of a mail.
    pub fn delivery(&mut self, delivery: &Delivery) {
        let LatestAction::Remediated(remediation) = delivery.latest else { return };
        if delivery.time > self.now.plus_days(-WINDOW_DAYS) {
            let mut item = delivery.message.clone();
            item.push('\\');
            delivery.time.push_full(&mut item);
            item.push('\\');
            item.push_str(delivery.subject.as_deref().unwrap_or(""));
            let recipient = delivery.recipient.clone().unwrap_or_default();
            self.remediations.entry(recipient).or_default()[remediation as usize].push(item);
        }
    }

    /// Notes the submission of a mail by the recipient with this object id.
    pub fn submission(&mut self, submission: &Submission, recipient_id: &str) {
        if submission.verdict.is_false_negative()
            && submission.content.is_mail()
            && submission.direction == Direction::IntraOrg
        {
            let key = (submission.message.clone(), recipient_id.to_owned());
            self.submissions.insert(key, (submission.sender.clone(), submission.deliveries));
        }
    }

    /// Adds what another record holds.
    pub fn merge(&mut self, other: Record) {
        for (key, operations) in other.mail_accesses {
            *self.mail_accesses.entry(key).or_default() += operations;
        }
        for (recipient, lists) in other.remediations {
            let mine = self.remediations.entry(recipient).or_default();
            for (mine, mut list) in mine.iter_mut().zip(lists) {
                mine.append(&mut list);
            }
        }
        self.submissions.extend(other.submissions);
    }

    /// The rows that the three hunts must return, with the rules to compare them by.
    ///
    /// Fails if the data leave a choice to the engine: a value on the threshold or a tie for the last place.
    pub fn hunts(&self) -> Result<Value, String> {
        Ok(json!({
            "mail-item-access-by-graph-api": {
                "file": "mail-item-access-by-graph-api.md",
                "columns": [
                    ["ClientAppId", "string"], ["Timestamp", "string"], ["NumberOfMailPerDay", "long"],
                    ["avg", "real"], ["stev", "real"],
                ],
                "ordered_by": "ClientAppId descending; rows of one ClientAppId in any order",
                "rows": self.unusual_accesses()?,
            },
            "email-remediation-actions-via-explorer": {
                "file": "email-remediation-actions-via-explorer.txt",
                "columns": [
                    ["RecipientEmailAddress", "string"], ["Sum_case", "long"],
                    ["HardDelete_case", "long"], ["SoftDelete_case", "long"],
                    ["MoveToJunk_case", "long"], ["MoveToDelete_case", "long"],
                    ["HardDelete_NetworkID", "dynamic"], ["SoftDelete_NetworkID", "dynamic"],
                    ["MoveToJunk_NetworkID", "dynamic"], ["MoveToDelete_NetworkID", "dynamic"],
                ],
                "ordered_by": "Sum_case descending; ties in any order; elements of a list in any order",
                "rows": self.remediated_mail(),
            },
            "user-submissions-intra-org-senders": {
                "file": "user-submissions-intra-org-senders.txt",
                "columns": [["SenderMailFromAddress", "string"], ["UserSubmissions", "long"]],
                "ordered_by": "UserSubmissions descending; there are no ties",
                "rows": self.top_senders()?,
            },
        }))
    }

    fn unusual_accesses(&self) -> Result<Vec<Value>, String> {
        let mut days_by_app: BTreeMap<&str, Vec<(Ticks, i64)>> = BTreeMap::new();
        for ((app, day), operations) in &self.mail_accesses {
            days_by_app.entry(app).or_default().push((*day, *operations));
        }
        let mut rows = Vec::new();
        for (app, days) in days_by_app.iter().rev() {
            let (average, deviation) = average_and_deviation(days.iter().map(|(_, operations)| *operations));
            let threshold = average + 2.5 * deviation;
            for (day, operations) in days {
                let operations_per_day = *operations as f64;
                if deviation > 0.0 && (operations_per_day - threshold).abs() < 1e-9 * threshold {
                    return Err(format!(
                        "{app} on {} lies on the threshold: choose another seed",
                        day.short_day()
                    ));
                }
                if operations_per_day > threshold {
                    rows.push(json!([app, day.short_day(), operations, average, deviation]));
                }
            }
        }
        Ok(rows)
    }

    fn remediated_mail(&self) -> Vec<Value> {
        let mut rows: Vec<_> = self
            .remediations
            .iter()
            .map(|(recipient, lists)| {
                let mut lists = lists.clone();
                for list in &mut lists {
                    list.sort();
                }
                let [hard, soft, junk, deleted] = lists;
                let counts = [hard.len(), soft.len(), junk.len(), deleted.len()];
                let sum: usize = counts.iter().sum();
                (
                    sum,
                    json!([
                        recipient, sum, counts[0], counts[1], counts[2], counts[3], hard, soft, junk, deleted
                    ]),
                )
            })
            .collect();
        rows.sort_by_key(|(sum, _)| std::cmp::Reverse(*sum));
        rows.into_iter().map(|(_, row)| row).collect()
    }

    fn top_senders(&self) -> Result<Vec<Value>, String> {
        let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
        for (sender, deliveries) in self.submissions.values() {
            *counts.entry(sender).or_default() += deliveries;
        }
        let mut counts: Vec<_> = counts.into_iter().collect();
        counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        if counts.iter().take(11).zip(counts.iter().take(11).skip(1)).any(|(high, low)| high.1 == low.1) {
            return Err("two of the top senders have the same count: choose another seed".to_owned());
        }
        Ok(counts.into_iter().take(10).map(|(sender, count)| json!([sender, count])).collect())
    }
}

/// Average and deviation of a sample. The sums are of whole numbers, so nothing is lost before the last step.
fn average_and_deviation(values: impl Iterator<Item = i64>) -> (f64, f64) {
    let (mut count, mut sum, mut squares) = (0_i128, 0_i128, 0_i128);
    for value in values {
        count += 1;
        sum += i128::from(value);
        squares += i128::from(value) * i128::from(value);
    }
    let average = sum as f64 / count as f64;
    if count < 2 {
        return (average, 0.0);
    }
    let variance = (count * squares - sum * sum) as f64 / (count * (count - 1)) as f64;
    (average, variance.sqrt())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn deviation_is_that_of_a_sample() {
        assert_eq!(
            average_and_deviation([2, 4, 4, 4, 5, 5, 7, 9].into_iter()),
            (5.0, (32.0_f64 / 7.0).sqrt())
        );
        assert_eq!(average_and_deviation([7].into_iter()), (7.0, 0.0));
    }
}

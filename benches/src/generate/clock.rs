//! Time as Kusto counts it: ticks of 100 ns, here since 1970.

use chrono::{DateTime, Datelike, Timelike, Utc};

const TICKS_PER_SECOND: i64 = 10_000_000;
const TICKS_PER_HOUR: i64 = 3_600 * TICKS_PER_SECOND;
const TICKS_PER_DAY: i64 = 24 * TICKS_PER_HOUR;

/// A moment, in ticks of 100 ns since 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ticks(pub i64);

impl Ticks {
    /// Reads an RFC 3339 time such as `2026-11-01T00:00:00Z`.
    pub fn parse(text: &str) -> Result<Ticks, String> {
        let time =
            DateTime::parse_from_rfc3339(text).map_err(|error| format!("`{text}` is not a time: {error}"))?;
        let ticks = time.timestamp() * TICKS_PER_SECOND + i64::from(time.timestamp_subsec_nanos()) / 100;
        Ok(Ticks(ticks))
    }

    /// Nanoseconds since 1970, as the lake's files store time.
    pub fn nanoseconds(self) -> i64 {
        self.0 * 100
    }

    /// The moment `days` days later (earlier if negative).
    pub fn plus_days(self, days: i64) -> Ticks {
        Ticks(self.0 + days * TICKS_PER_DAY)
    }

    /// The moment `hours` hours later.
    pub fn plus_hours(self, hours: f64) -> Ticks {
        Ticks(self.0 + (hours * TICKS_PER_HOUR as f64) as i64)
    }

    /// The moment `ticks` ticks of 100 ns later (earlier if negative).
    pub fn plus(self, ticks: i64) -> Ticks {
        Ticks(self.0 + ticks)
    }

    /// Midnight before (or at) this moment: Kusto's `startofday`.
    pub fn start_of_day(self) -> Ticks {
        Ticks(self.0.div_euclid(TICKS_PER_DAY) * TICKS_PER_DAY)
    }

    /// The day as Kusto's `format_datetime(t, 'y-M-d')` writes it: `26-10-3`, the year of the century without
    /// padding.
    pub fn short_day(self) -> String {
        let day = self.civil();
        format!("{}-{}-{}", day.year().rem_euclid(100), day.month(), day.day())
    }

    /// Appends `2026-10-03T04:05:06`, as audit records write their CreationTime.
    pub fn push_seconds(self, out: &mut String) {
        let time = self.civil();
        push_digits(out, i64::from(time.year()), 4);
        for (separator, part) in [
            ('-', time.month()),
            ('-', time.day()),
            ('T', time.hour()),
            (':', time.minute()),
            (':', time.second()),
        ] {
            out.push(separator);
            push_digits(out, i64::from(part), 2);
        }
    }

    /// Appends `2026-10-03T04:05:06.1234567Z`, as Kusto prints a datetime.
    pub fn push_full(self, out: &mut String) {
        self.push_seconds(out);
        out.push('.');
        push_digits(out, self.0.rem_euclid(TICKS_PER_SECOND), 7);
        out.push('Z');
    }

    /// The moment as Kusto prints a datetime.
    pub fn full(self) -> String {
        let mut out = String::with_capacity(28);
        self.push_full(&mut out);
        out
    }

    fn civil(self) -> DateTime<Utc> {
        DateTime::from_timestamp_nanos(self.nanoseconds())
    }
}

fn push_digits(out: &mut String, value: i64, width: u32) {
    for place in (0..width).rev() {
        out.push(char::from(b'0' + (value / 10_i64.pow(place) % 10) as u8));
    }
}

/// Spreads rows over the days before now as an organisation at work does: few at night and on weekends.
///
/// Row `i` of `rows` always comes after row `i - 1`, so that a table can be written in order, by any number
/// of threads, without sorting.
pub struct Timeline {
    start: Ticks,
    rows: u64,
    /// `until[h]`: the weight of all hours up to and including hour `h`.
    until: Vec<u64>,
}

impl Timeline {
    /// A timeline of `rows` rows over the `days` days before `now`.
    pub fn new(now: Ticks, days: u32, rows: u64) -> Timeline {
        let start = now.plus_days(-i64::from(days));
        let mut total = 0;
        let until = (0..i64::from(days) * 24)
            .map(|hour| {
                let time = Ticks(start.0 + hour * TICKS_PER_HOUR).civil();
                let weekend = time.weekday().num_days_from_monday() >= 5;
                let working = (7..18).contains(&time.hour());
                total += match (weekend, working) {
                    (false, true) => 12,
                    (false, false) | (true, true) => 3,
                    (true, false) => 1,
                };
                total
            })
            .collect();
        Timeline { start, rows, until }
    }

    /// The number of rows.
    pub fn rows(&self) -> u64 {
        self.rows
    }

    /// The time of row `row`; `jitter` is the row's own random number.
    pub fn at(&self, row: u64, jitter: u64) -> Ticks {
        let weight = *self.until.last().expect("a timeline has at least one day");
        // The place of the row on the scale of weights, with 32 fractional bits.
        let place = (u128::from(row) << 32 | u128::from(jitter >> 32)) * u128::from(weight)
            / u128::from(self.rows.max(1));
        let hour = self.until.partition_point(|until| u128::from(*until) << 32 <= place);
        let before = if hour == 0 { 0 } else { self.until[hour - 1] };
        let within = (place - (u128::from(before) << 32)) * TICKS_PER_HOUR as u128
            / (u128::from(self.until[hour] - before) << 32);
        Ticks(self.start.0 + hour as i64 * TICKS_PER_HOUR + within as i64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_written_without_padding() {
        assert_eq!(Ticks::parse("2026-10-03T23:59:59.9999999Z").unwrap().short_day(), "26-10-3");
        assert_eq!(Ticks::parse("2005-01-31T00:00:00Z").unwrap().short_day(), "5-1-31");
    }

    #[test]
    fn times_keep_seven_digits() {
        let text = "2024-05-01T05:00:00.1234567Z";
        assert_eq!(Ticks::parse(text).unwrap().full(), text);
    }

    #[test]
    fn rows_come_in_order_and_before_now() {
        let now = Ticks::parse("2026-11-01T10:30:00Z").unwrap();
        let timeline = Timeline::new(now, 60, 1_000);
        let mut last = now.plus_days(-60);
        for row in 0..1_000 {
            let time = timeline.at(row, if row % 2 == 0 { 0 } else { u64::MAX });
            assert!(last <= time && time < now, "row {row}: {}", time.full());
            last = time;
        }
    }
}

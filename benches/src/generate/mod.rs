//! The generator: a lake of `CloudAppEvents` and `EmailEvents` of any size, and what hunts must find in it.
//!
//! | module | what |
//! |---|---|
//! | [`vocabulary`] | the people, applications and words of a made-up organisation |
//! | [`cloud_app_events`], [`raw_event`] | rows of `CloudAppEvents` and the audit records in their `RawEventData` |
//! | [`email_events`] | rows of `EmailEvents` |
//! | [`planted`] | the rows that the hunts must find, and those which only look like it |
//! | [`record`] | counts what was written and says what each hunt must so return |
//! | [`lake`] | writes rows of a table as Parquet files |
//! | [`clock`], [`dice`], [`mod@json`], [`table`] | time, random numbers, JSON and columns |
//!
//! Every row comes from its own random numbers, so the files of a lake are written by independent threads, in
//! the order of time, without holding more than one batch of rows each. The same options always make the same
//! rows.

pub mod clock;
pub mod cloud_app_events;
pub mod dice;
pub mod email_events;
pub mod json;
pub mod lake;
pub mod planted;
pub mod raw_event;
pub mod record;
pub mod table;
pub mod vocabulary;

use std::path::PathBuf;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use serde_json::{Value, json};

use clock::{Ticks, Timeline};
use cloud_app_events::{Activities, CloudAppEvents};
use email_events::{EmailEvents, Mail};
use planted::Planted;
use record::Record;
use table::Table;
use vocabulary::Directory;

/// Purposes of random numbers, so that no two share a sequence.
mod purpose {
    pub(super) const USER: u64 = 1;
    pub(super) const APP: u64 = 2;
    pub(super) const ACTIVITY_TIME: u64 = 3;
    pub(super) const ACTIVITY: u64 = 4;
    pub(super) const EMAIL_TIME: u64 = 5;
    pub(super) const EMAIL: u64 = 6;
    pub(super) const EMAIL_REST: u64 = 7;
    pub(super) const MESSAGE: u64 = 8;
    pub(super) const MESSAGE_GROUP: u64 = 9;
    pub(super) const PLANTED: u64 = 10;
    pub(super) const PLANTED_ACTIVITY: u64 = 11;
    pub(super) const PLANTED_EMAIL: u64 = 12;
}

/// What lake to make.
#[derive(Clone, Debug)]
pub struct Options {
    /// Number of rows of each table.
    pub rows: u64,
    /// The folder to write the tables to.
    pub out: PathBuf,
    /// The folder to write `planted.json` and `schemas.json` to.
    pub record: PathBuf,
    /// Another seed makes another lake.
    pub seed: u64,
    /// Number of files of each table.
    pub files: u64,
    /// The time at which the hunts will run. Nearly all rows are from before it.
    pub now: Ticks,
    /// How many days before now the rows begin.
    pub days: u32,
}

/// Writes a lake: a folder of files for each table, `planted.json` and `schemas.json`.
///
/// Returns the number of bytes of the tables' files.
pub fn generate(options: &Options) -> Result<u64, String> {
    if i64::from(options.days) <= record::WINDOW_DAYS {
        return Err(format!("the hunts look {} days back: --days must be more", record::WINDOW_DAYS));
    }
    let directory = Directory::new(options.seed, options.rows);
    let planted = Planted::new(options.seed, options.rows, options.now, &directory);
    let most = planted.deliveries.len().max(planted.activities.len()) as u64;
    if options.rows < most + options.files {
        return Err(format!(
            "--rows must be at least {}: {most} rows are planted in a table, and each of the {} files has others, too",
            most + options.files,
            options.files
        ));
    }
    let background = |planted: usize| options.rows - planted as u64;
    let mail = Mail {
        seed: options.seed,
        directory: &directory,
        timeline: &Timeline::new(options.now, options.days, background(planted.deliveries.len())),
        planted: &planted.deliveries,
    };
    let activities = Activities {
        seed: options.seed,
        directory: &directory,
        timeline: &Timeline::new(options.now, options.days, background(planted.activities.len())),
        mail: &mail,
        planted: &planted.activities,
    };

    // Files of both tables, in turn, for as many threads as there are processors.
    let jobs = options.files * 2;
    let next = AtomicU64::new(0);
    let total = Mutex::new((Record::new(options.now), 0));
    let work = || -> Result<(), String> {
        loop {
            let job = next.fetch_add(1, Ordering::Relaxed);
            if job >= jobs {
                return Ok(());
            }
            let mut record = Record::new(options.now);
            let bytes = if job.is_multiple_of(2) {
                lake::write_part(options, &activities, job / 2, &mut record)?
            } else {
                lake::write_part(options, &mail, job / 2, &mut record)?
            };
            let mut total = total.lock().map_err(|_| "another thread failed".to_owned())?;
            total.0.merge(record);
            total.1 += bytes;
        }
    };
    let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get).min(jobs as usize);
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        workers
            .into_iter()
            .try_for_each(|worker| worker.join().map_err(|_| "a thread panicked".to_owned())?)
    })?;
    let (record, bytes) = total.into_inner().map_err(|_| "a thread panicked".to_owned())?;
    let planted = json!({
        "now": options.now.full(),
        "made_with": { "rows": options.rows, "files": options.files, "days": options.days, "seed": options.seed },
        "hunts": record.hunts()?,
    });
    lake::write_json(&options.record.join("planted.json"), &planted)?;
    lake::write_json(&options.record.join("schemas.json"), &schemas())?;
    Ok(bytes)
}

/// The tables' schemas: `{table: {column: Kusto type}}`.
pub fn schemas() -> Value {
    fn columns<T: Table>() -> (String, Value) {
        let columns = T::COLUMNS.iter().map(|(name, kusto)| ((*name).to_owned(), Value::from(*kusto)));
        (T::NAME.to_owned(), Value::Object(columns.collect()))
    }
    Value::Object([columns::<CloudAppEvents>(), columns::<EmailEvents>()].into_iter().collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;
    use std::path::Path;

    /// The sample's options are in its record, so whoever changes the generator learns here that the sample must be
    /// made anew (`data/README.md`). Its Parquet files are not compared: the writer's version is in them.
    #[test]
    fn the_sample_is_what_the_generator_makes() {
        let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../data");
        let sample = fs::read_to_string(data.join("planted.json")).unwrap();
        let record: Value = serde_json::from_str(&sample).unwrap();
        let option = |name: &str| record["made_with"][name].as_u64().unwrap();
        let out = std::env::temp_dir().join(format!("lakehunt-sample-{}", std::process::id()));
        let options = Options {
            rows: option("rows"),
            out: out.clone(),
            record: out.clone(),
            seed: option("seed"),
            files: option("files"),
            now: Ticks::parse(record["now"].as_str().unwrap()).unwrap(),
            days: option("days") as u32,
        };
        generate(&options).unwrap();
        let made = ["planted.json", "schemas.json"].map(|file| fs::read_to_string(out.join(file)).unwrap());
        fs::remove_dir_all(&out).unwrap();
        assert!(made[0] == sample, "data/planted.json is not what the generator makes");
        assert!(
            made[1] == fs::read_to_string(data.join("schemas.json")).unwrap(),
            "data/schemas.json is not, either"
        );
    }

    #[test]
    fn the_number_of_files_does_not_change_the_rows() {
        let record = |files: u64| {
            let out = std::env::temp_dir().join(format!("lakehunt-files-{}-{files}", std::process::id()));
            let now = Ticks::parse("2026-11-01T10:30:00Z").unwrap();
            let options =
                Options { rows: 1_500, out: out.clone(), record: out.clone(), seed: 7, files, now, days: 31 };
            generate(&options).unwrap();
            let record: Value =
                serde_json::from_str(&fs::read_to_string(out.join("planted.json")).unwrap()).unwrap();
            fs::remove_dir_all(&out).unwrap();
            record["hunts"].clone()
        };
        assert_eq!(record(1), record(3));
    }
}

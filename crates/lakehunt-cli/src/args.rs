//! The command line.

use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, Parser, Subcommand, ValueEnum};

/// Run KQL, the Kusto Query Language, on a lake of Parquet files.
#[derive(Debug, Parser)]
#[command(
    name = "lakehunt",
    version,
    args_conflicts_with_subcommands = true,
    disable_help_subcommand = true,
    after_help = "Without a command the interactive shell starts.\n\
                  \n\
                  Exit codes: 0 fine, 1 a query or rule failed, 2 wrong usage, 130 interrupted."
)]
pub struct Cli {
    #[command(flatten)]
    pub shell: ShellArgs,
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// The options of the interactive shell.
#[derive(Debug, Args)]
pub struct ShellArgs {
    #[command(flatten)]
    pub source: SourceArgs,
    #[command(flatten)]
    pub engine: EngineArgs,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Run a query and print its rows
    Query(QueryArgs),
    /// Run the rules in documents: .kql, Markdown, Sentinel YAML, text
    Hunt(HuntArgs),
    /// Print the SQL of a query
    Translate(TranslateArgs),
    /// Check queries without running them
    Check(CheckArgs),
    /// Answer the queries of a JSON-lines file
    Batch(BatchArgs),
    /// Explain a command, an operator or a function: `lakehunt help summarize`
    Help(HelpArgs),
}

/// Where the tables are.
#[derive(Debug, Clone, Default, Args)]
pub struct SourceArgs {
    /// A lake: a folder with one folder or Parquet file a table. May be repeated
    #[arg(long, value_name = "LAKE")]
    pub data: Vec<PathBuf>,
    /// One table: a Parquet file, a folder of them, or a glob. May be repeated
    #[arg(long, value_name = "NAME=PATH", value_parser = table)]
    pub table: Vec<(String, String)>,
    /// The file that stands for a URL in externaldata: nothing is read from the network. May be repeated
    #[arg(long, value_name = "URL=FILE", value_parser = external)]
    pub external: Vec<(String, String)>,
    /// Types of tables and columns, as JSON: {"Table": {"Column": "datetime"}}
    #[arg(long, value_name = "FILE")]
    pub schema: Vec<PathBuf>,
    /// Stored functions: a script with .create-or-alter function, a parser's YAML, a query, or a folder of such files. May
    /// be repeated
    #[arg(long, value_name = "PATH")]
    pub functions: Vec<PathBuf>,
    /// What _GetWatchlist('NAME') reads: a CSV file, with #COLUMN the one of the search key; or a folder of them. May be
    /// repeated
    #[arg(long, value_name = "NAME=FILE|FOLDER")]
    pub watchlist: Vec<String>,
    /// What geo_info_from_ip_address looks into: a MaxMind database of cities, such as GeoLite2-City.mmdb
    #[arg(long, value_name = "FILE.mmdb")]
    pub geoip: Option<PathBuf>,
    /// What parse_user_agent knows: the patterns of uap-core, its regexes.yaml
    #[arg(long, value_name = "FILE.yaml")]
    pub user_agents: Option<PathBuf>,
    /// The datetime column that ingestion_time() gives, such as TimeGenerated
    #[arg(long, value_name = "COLUMN")]
    pub ingestion_time: Option<String>,
}

/// What the answer depends on besides the data.
#[derive(Debug, Clone, Default, Args)]
pub struct ClockArgs {
    /// What now() is, as a KQL datetime: 2024-05-01 or 2024-05-01T12:00:00Z
    #[arg(long, value_name = "TIME", value_parser = time)]
    pub now: Option<i64>,
    /// The value of a parameter that the query declares, as a KQL literal. May be repeated
    #[arg(long, value_name = "NAME=VALUE", value_parser = pair)]
    pub param: Vec<(String, String)>,
}

/// How it is run.
#[derive(Debug, Clone, Default, Args)]
pub struct EngineArgs {
    #[command(flatten)]
    pub clock: ClockArgs,
    /// How many threads work on a query [default: one a core]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub threads: Option<u16>,
    /// How much memory a query may take before it spills to disk: 500M, 4G
    #[arg(long, value_name = "SIZE", value_parser = size)]
    pub memory: Option<usize>,
}

/// How the rows are written.
#[derive(Debug, Clone, Default, Args)]
pub struct OutputArgs {
    /// How the rows are written [default: by the ending of the -o file, else table]
    #[arg(long, value_enum, ignore_case = true)]
    pub format: Option<Format>,
    /// Write to this file, whole or not at all
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// How many rows a table shows; 0 for all [default: 100 on a terminal, else all]
    #[arg(long, value_name = "N")]
    pub max_rows: Option<usize>,
}

/// The output formats.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people; on a terminal it fits the width
    Table,
    /// Comma-separated with a header line, quoted as in RFC 4180
    Csv,
    /// One array of objects
    Json,
    /// One object a line
    Jsonl,
    /// A Markdown table
    Markdown,
    /// A Parquet file (with -o, or into a pipe)
    Parquet,
}

impl Format {
    /// The format that the ending of a file name stands for.
    pub fn of_path(path: &std::path::Path) -> Option<Format> {
        let extension = path.extension()?.to_str()?.to_ascii_lowercase();
        Some(match extension.as_str() {
            "txt" => Format::Table,
            "csv" => Format::Csv,
            "json" => Format::Json,
            "jsonl" | "ndjson" => Format::Jsonl,
            "md" | "markdown" => Format::Markdown,
            "parquet" => Format::Parquet,
            _ => return None,
        })
    }

    /// Its name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Format::Table => "table",
            Format::Csv => "csv",
            Format::Json => "json",
            Format::Jsonl => "jsonl",
            Format::Markdown => "markdown",
            Format::Parquet => "parquet",
        }
    }
}

/// Where the KQL comes from.
#[derive(Debug, Clone, Args)]
#[group(required = true, multiple = false)]
pub struct TextArgs {
    /// The query; - reads it from standard input
    #[arg(value_name = "KQL")]
    pub kql: Option<String>,
    /// Read the query from a file
    #[arg(short, long, value_name = "FILE")]
    pub file: Option<PathBuf>,
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    lakehunt query --data lake/ 'EmailEvents | summarize count() by EmailDirection'\n  \
    lakehunt query --table T=events.parquet --format csv -o out.csv 'T | take 10'\n  \
    lakehunt query --data lake/ --now 2024-05-30 -f hunt.kql")]
pub struct QueryArgs {
    #[command(flatten)]
    pub text: TextArgs,
    #[command(flatten)]
    pub source: SourceArgs,
    #[command(flatten)]
    pub engine: EngineArgs,
    #[command(flatten)]
    pub output: OutputArgs,
    /// Stop after this long: 30s, 5m, 500ms
    #[arg(long, value_name = "TIME", value_parser = duration)]
    pub timeout: Option<Duration>,
    /// Say on standard error how many rows there are and how long it took
    #[arg(long)]
    pub timing: bool,
}

#[derive(Debug, Args)]
#[command(after_help = "A rule that fails is reported and the others go on.\n\
    \n\
    Exit codes: 0 all rules ran, 1 some rule failed, 2 wrong usage; with --fail-on-match 3 if all ran and \
    some rule found rows.")]
pub struct HuntArgs {
    /// Rule documents, folders of them, or globs
    #[arg(value_name = "PATH", required = true)]
    pub paths: Vec<PathBuf>,
    #[command(flatten)]
    pub source: SourceArgs,
    #[command(flatten)]
    pub engine: EngineArgs,
    /// How the results are written [default: by the ending of the -o file, else table]
    #[arg(long, value_enum, ignore_case = true)]
    pub format: Option<HuntFormat>,
    /// Write to this file, whole or not at all
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// How many rows of each rule a table shows; 0 for all [default: 100 on a terminal, else all]
    #[arg(long, value_name = "N")]
    pub max_rows: Option<usize>,
    /// Stop a rule after this long: 30s, 5m
    #[arg(long, value_name = "TIME", value_parser = duration)]
    pub timeout: Option<Duration>,
    /// End with code 3 if a rule finds rows
    #[arg(long)]
    pub fail_on_match: bool,
}

/// The formats of a hunt's report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum HuntFormat {
    /// For people: each rule with its rows
    Table,
    /// One array with an object a rule
    Json,
    /// One object a rule and line, written as soon as the rule has ended
    Jsonl,
    /// A Markdown section a rule
    Markdown,
}

impl HuntFormat {
    /// The format that the ending of a file name stands for; a table where it says nothing. Rules have columns of their
    /// own each, so that there are formats of rows which hold no report.
    pub fn of_path(path: &std::path::Path) -> Result<HuntFormat, String> {
        match Format::of_path(path) {
            None | Some(Format::Table) => Ok(HuntFormat::Table),
            Some(Format::Json) => Ok(HuntFormat::Json),
            Some(Format::Jsonl) => Ok(HuntFormat::Jsonl),
            Some(Format::Markdown) => Ok(HuntFormat::Markdown),
            Some(format @ (Format::Csv | Format::Parquet)) => Err(format!(
                "{}: a hunt is not written as {}; say --format table, json, jsonl or markdown",
                path.display(),
                format.name()
            )),
        }
    }
}

#[derive(Debug, Args)]
pub struct TranslateArgs {
    #[command(flatten)]
    pub text: TextArgs,
    #[command(flatten)]
    pub source: SourceArgs,
    #[command(flatten)]
    pub clock: ClockArgs,
    /// What is printed
    #[arg(long, value_enum, ignore_case = true, default_value_t = TranslateFormat::Sql)]
    pub format: TranslateFormat,
}

/// The formats of a translation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum TranslateFormat {
    /// The SQL
    Sql,
    /// The SQL with its columns, functions and diagnostics
    Json,
}

#[derive(Debug, Args)]
#[command(
    after_help = "Without --schema, --data and --table the documented tables of Microsoft Defender and Sentinel are known.\n\
    \n\
    Exit codes: 0 no errors, whatever the warnings; 1 errors, or a document that cannot be read; 2 wrong usage."
)]
pub struct CheckArgs {
    #[command(flatten)]
    pub text: CheckTextArgs,
    #[command(flatten)]
    pub source: SourceArgs,
    #[command(flatten)]
    pub clock: ClockArgs,
    /// How the findings are written
    #[arg(long, value_enum, ignore_case = true, default_value_t = CheckFormat::Human)]
    pub format: CheckFormat,
}

/// What is checked: a query, or all rules of documents.
#[derive(Debug, Clone, Args)]
#[group(required = true, multiple = false)]
pub struct CheckTextArgs {
    /// The query; - reads it from standard input
    #[arg(value_name = "KQL")]
    pub kql: Option<String>,
    /// A document (.kql, Markdown, Sentinel YAML, text), a folder of them, or a glob. May be repeated
    #[arg(short, long, value_name = "PATH")]
    pub file: Vec<PathBuf>,
}

/// The formats of a check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum CheckFormat {
    /// Messages with the place in the text
    Human,
    /// One array with an object a query
    Json,
}

#[derive(Debug, Args)]
#[command(after_help = "In, one a line:   {\"id\": \"1\", \"query\": \"T | count\"}\n\
    Out, one a line:  {\"id\": \"1\", \"columns\": [[\"Count\", \"long\"]], \"rows\": [[3]], \"diagnostics\": [], \
    \"elapsed_ms\": 1.5}\n\
    \n\
    A query that fails has no \"rows\" and says why in \"diagnostics\" (code, severity, message, start, length; \
    positions in characters from 0). The run goes on whatever a query does. With -j above 1 the answers come in \
    the order in which they are ready.\n\
    \n\
    Exit codes: 0 all lines were answered, whatever the answers; 2 wrong usage.")]
pub struct BatchArgs {
    /// The file; - for standard input
    #[arg(value_name = "FILE.jsonl")]
    pub file: PathBuf,
    #[command(flatten)]
    pub source: SourceArgs,
    #[command(flatten)]
    pub engine: EngineArgs,
    /// Write the answers to this file, whole or not at all
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Stop after binding: columns and diagnostics, no rows
    #[arg(long)]
    pub check: bool,
    /// How many queries run at once
    #[arg(short, long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u16).range(1..=256))]
    pub jobs: u16,
    /// Stop a query after this long: 30s, 5m, 500ms
    #[arg(long, value_name = "TIME", value_parser = duration)]
    pub timeout: Option<Duration>,
    /// Answer lines from standard input as a worker of another batch
    #[arg(long, hide = true)]
    pub worker: bool,
}

#[derive(Debug, Args)]
pub struct HelpArgs {
    /// A command, an operator, a function, a statement or a type
    pub topic: Vec<String>,
}

/// `NAME=PATH`
fn table(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((name, path)) if !name.is_empty() && !path.is_empty() => Ok((name.into(), path.into())),
        _ => Err("write it as NAME=PATH, such as Logs=logs/*.parquet".into()),
    }
}

/// `URL=FILE`; a URL may have `=` in it.
fn external(text: &str) -> Result<(String, String), String> {
    match text.rsplit_once('=') {
        Some((url, file)) if !url.is_empty() && !file.is_empty() => Ok((url.into(), file.into())),
        _ => Err("write it as URL=FILE, such as https://example.com/list.csv=list.csv".into()),
    }
}

/// `NAME=VALUE`
fn pair(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((name, value)) if !name.is_empty() => Ok((name.into(), value.into())),
        _ => Err("write it as NAME=VALUE, such as days=7d".into()),
    }
}

/// A datetime in any spelling that KQL reads, as ticks of 100 ns since the year 1.
fn time(text: &str) -> Result<i64, String> {
    kql2sql::time::parse_datetime(text)
        .ok_or_else(|| "write it as a datetime, such as 2024-05-01 or 2024-05-01T12:00:00Z".into())
}

/// A number of bytes: `1048576`, `500M`, `4G`, `4GiB`.
fn size(text: &str) -> Result<usize, String> {
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let factor: u64 = match text[digits.len()..].to_ascii_lowercase().as_str() {
        "" | "b" => 1,
        "k" | "kb" | "kib" => 1 << 10,
        "m" | "mb" | "mib" => 1 << 20,
        "g" | "gb" | "gib" => 1 << 30,
        "t" | "tb" | "tib" => 1 << 40,
        _ => return Err("write it as a number with K, M, G or T, such as 4G".into()),
    };
    digits
        .parse::<u64>()
        .ok()
        .and_then(|n| n.checked_mul(factor))
        .and_then(|n| usize::try_from(n).ok())
        .filter(|n| *n > 0)
        .ok_or_else(|| "write it as a number with K, M, G or T, such as 4G".into())
}

/// A time span: `500ms`, `30s`, `5m`, `2h`; a bare number is seconds.
fn duration(text: &str) -> Result<Duration, String> {
    let wrong = || "write it as a number with ms, s, m or h, such as 30s".to_string();
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let unit = match &text[digits.len()..] {
        "ms" => 0.001,
        "" | "s" => 1.0,
        "m" => 60.0,
        "h" => 3600.0,
        _ => return Err(wrong()),
    };
    let number: f64 = digits.parse().map_err(|_| wrong())?;
    Duration::try_from_secs_f64(number * unit).ok().filter(|d| !d.is_zero()).ok_or_else(wrong)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_definition_of_the_command_line_is_sound() {
        use clap::CommandFactory;
        Cli::command().debug_assert();
    }

    #[test]
    fn sizes_and_times_have_units() {
        assert_eq!(size("500M"), Ok(500 << 20));
        assert_eq!(size("4GiB"), Ok(4 << 30));
        assert_eq!(size("17"), Ok(17));
        assert!(size("0").is_err() && size("M").is_err() && size("1x").is_err());
        assert_eq!(duration("500ms"), Ok(Duration::from_millis(500)));
        assert_eq!(duration("1.5m"), Ok(Duration::from_secs(90)));
        assert_eq!(duration("30"), Ok(Duration::from_secs(30)));
        assert!(duration("0s").is_err() && duration("-1s").is_err() && duration("1d").is_err());
    }
}

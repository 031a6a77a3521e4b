//! `lakehunt query`: a query's rows in any format, on standard output or in a file.

use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::args::{Format, OutputArgs, QueryArgs};
use crate::diagnostics::{self, Source};
use crate::engine::{self, Engine, Progress};
use crate::failure::Failure;
use crate::output::{self, Layout, Sink};
use crate::text::{self, Query};

/// `lakehunt query`
pub fn run(args: &QueryArgs) -> Result<(), Failure> {
    let destination = Destination::new(&args.output);
    destination.check()?;
    let query = Query::read(&args.text)?;
    let engine = Engine::open(&args.source, &args.engine)?;
    text::warn_of_undeclared(&args.engine.clock.param, [&*query.text]);
    let done = execute(&engine, query.source(), args.timeout, &destination)?;
    if args.timing || (io::stderr().is_terminal() && io::stdout().is_terminal()) {
        eprintln_quietly(&done.to_string());
    }
    Ok(())
}

/// Where the rows of a query go, and in which format.
#[derive(Debug, Clone)]
pub struct Destination {
    pub format: Format,
    pub output: OutputArgs,
}

impl Destination {
    /// What the options ask for.
    pub fn new(output: &OutputArgs) -> Destination {
        let by_name = || output.output.as_deref().and_then(Format::of_path);
        Destination {
            format: output.format.or_else(by_name).unwrap_or(Format::Table),
            output: output.clone(),
        }
    }

    /// Refuses what would only make a mess, before anything is run.
    pub fn check(&self) -> Result<(), Failure> {
        if self.format == Format::Parquet && self.to_screen() && io::stdout().is_terminal() {
            return Err(Failure::usage("Parquet is not for a terminal: give a file with -o FILE"));
        }
        let file = self.output.output.as_deref().filter(|_| !self.to_screen());
        file.map_or(Ok(()), |path| Sink::check(path).map_err(|error| Failure::file(path, &error)))
    }

    fn to_screen(&self) -> bool {
        self.output.output.as_deref().is_none_or(|path| path.as_os_str() == "-")
    }
}

/// What a query did.
pub struct Done {
    pub rows: u64,
    /// The file that they are in, where they went to one.
    file: Option<PathBuf>,
    pub elapsed: Duration,
}

impl std::fmt::Display for Done {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let s = if self.rows == 1 { "" } else { "s" };
        write!(f, "{} row{s}", self.rows)?;
        if let Some(file) = &self.file {
            write!(f, " to {}", file.display())?;
        }
        write!(f, " in {:.3} s", self.elapsed.as_secs_f64())
    }
}

/// Runs a query and writes its results; what is wrong with it has been said when this returns.
pub fn execute(
    engine: &Engine,
    source: Source<'_>,
    timeout: Option<Duration>,
    destination: &Destination,
) -> Result<Done, Failure> {
    let start = std::time::Instant::now();
    let run = engine
        .query(source.text, timeout, Progress::Shown)
        .map_err(|error| engine::report(source, &error))?;
    if run.results.is_empty() {
        return Err(engine::report(source, &engine::without_results(source.text, run.diagnostics)));
    }
    diagnostics::report(source, &run.diagnostics);
    let path = destination.output.output.as_deref();
    let several = run.results.len() > 1;
    if several && !matches!(destination.format, Format::Table | Format::Markdown) {
        return Err(Failure::usage(format_args!(
            "the query has {} results, and {} holds one: write them as table or markdown, or run them one by one",
            run.results.len(),
            destination.format.name()
        )));
    }
    let mut sink = Sink::open(path).map_err(|error| Failure::output(path, &error))?;
    let layout = Layout::new(!destination.to_screen(), destination.output.max_rows);
    let mut rows = 0;
    for (i, mut result) in run.results.into_iter().enumerate() {
        if i > 0 {
            writeln!(sink)?;
        }
        let mut writer =
            output::writer(destination.format, &result.columns, result.render.as_ref(), layout, &mut sink)?;
        while let Some(batch) = result.next().map_err(|error| engine::report(source, &error))? {
            rows += batch.num_rows() as u64;
            writer.write(&batch)?;
        }
        writer.finish()?;
    }
    sink.commit().map_err(|error| Failure::output(path, &error))?;
    let file = path.filter(|_| !destination.to_screen()).map(Path::to_path_buf);
    Ok(Done { rows, file, elapsed: start.elapsed() })
}

/// A line on standard error, if there is somebody to read it.
pub fn eprintln_quietly(line: &str) {
    let _ = writeln!(io::stderr(), "{line}");
}

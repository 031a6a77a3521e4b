//! What a hunt writes: for people as tables or Markdown, for machines as JSON.

use std::io::{self, Write};
use std::time::Duration;

use kql2sql::Diagnostic;
use lakehunt::Error;
use serde_json::{Value, json};

use super::document::{Problem, Rule};
use crate::args::{Format, HuntFormat};
use crate::diagnostics::{self, Source, code, plain};
use crate::engine::{self, ResultRows, RunError};
use crate::output::{self, Layout, Rows, Sink};

/// How a rule ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// It found rows.
    Matched,
    /// It found none.
    Clean,
    /// It could not be read or run.
    Failed,
}

impl Status {
    fn name(self) -> &'static str {
        match self {
            Status::Matched => "matched",
            Status::Clean => "clean",
            Status::Failed => "failed",
        }
    }
}

/// The results of a rule, as the report wants them.
#[derive(Debug, Default)]
pub struct Body {
    /// For people: tables.
    text: Vec<u8>,
    /// For machines.
    results: Vec<Rows>,
}

impl Body {
    /// Drops the rows and keeps the columns.
    pub fn forget_rows(&mut self) {
        self.text.clear();
        for result in &mut self.results {
            result.rows = None;
        }
    }
}

/// How a rule ended, with all that there is to say about it.
#[derive(Debug)]
pub struct Outcome<'a> {
    /// The rule; `None` where its document cannot be read.
    pub rule: Option<&'a Rule>,
    /// What is wrong with the document.
    pub problem: Option<&'a Problem>,
    pub status: Status,
    pub rows: u64,
    pub body: Body,
    pub diagnostics: Vec<Diagnostic>,
    pub error: Option<Error>,
    pub elapsed: Duration,
}

impl Outcome<'_> {
    /// That of a rule of which nothing is known.
    pub fn failed() -> Self {
        Outcome {
            rule: None,
            problem: None,
            status: Status::Failed,
            rows: 0,
            body: Body::default(),
            diagnostics: Vec::new(),
            error: None,
            elapsed: Duration::ZERO,
        }
    }

    /// How it ended, in words.
    fn summary(&self) -> String {
        match self.status {
            Status::Matched if self.rows == 1 => "1 row".into(),
            Status::Matched => format!("{} rows", self.rows),
            Status::Clean => "no rows".into(),
            Status::Failed => {
                let reason = self.problem.map(|problem| problem.message.clone());
                let reason =
                    reason.or_else(|| self.error.as_ref().map(ToString::to_string)).unwrap_or_default();
                format!("failed: {}", reason.trim_end_matches('.'))
            }
        }
    }

    fn json(&self) -> String {
        let rule = self.rule;
        let path = rule.map(|rule| &rule.path).or(self.problem.map(|problem| &problem.path));
        let head = json!({
            "file": path.map(|path| path.display().to_string()),
            "line": rule.map(|rule| rule.line).or(self.problem.and_then(|problem| problem.line)),
            "id": rule.and_then(|rule| rule.id.as_deref()),
            "name": rule.map(|rule| &rule.name),
            "description": rule.and_then(|rule| rule.description.as_deref()),
            "severity": rule.and_then(|rule| rule.severity.as_deref()),
            "tactics": rule.map_or(&[][..], |rule| &rule.tactics),
            "techniques": rule.map_or(&[][..], |rule| &rule.techniques),
            "status": self.status.name(),
            "row_count": self.rows,
        });
        let mut line = head.to_string();
        // The object stays open for what is written without a tree.
        line.pop();
        line.push(',');
        Rows::push_all(&self.body.results, &mut line);
        line.push_str(&format!(
            ",\"diagnostics\":{},\"elapsed_ms\":{:.3}}}",
            Value::Array(self.findings()),
            self.elapsed.as_secs_f64() * 1000.0
        ));
        line
    }

    /// The diagnostics, and what else went wrong, as JSON.
    fn findings(&self) -> Vec<Value> {
        let text = self.rule.map_or("", |rule| &rule.query);
        let line = self.rule.map_or(1, |rule| rule.line);
        let source = Source { line, ..Source::typed(text) };
        let mut found: Vec<Value> =
            self.diagnostics.iter().map(|d| diagnostics::json_in(source, d)).collect();
        if let Some(problem) = self.problem {
            found.push(plain(code::DOCUMENT, &problem.message));
        }
        if let Some(error) = self.error.as_ref().filter(|error| !error.is_query()) {
            found.push(engine::json(text, error));
        }
        found
    }
}

/// How many rules ended how.
#[derive(Debug, Clone, Copy, Default)]
pub struct Counts {
    pub matched: usize,
    pub clean: usize,
    pub failed: usize,
}

/// A report that is being written.
pub struct Report {
    format: HuntFormat,
    layout: Layout,
    out: Sink,
    counts: Counts,
}

impl Report {
    pub fn new(format: HuntFormat, max_rows: Option<usize>, to_file: bool, out: Sink) -> Self {
        Report { format, layout: Layout::new(to_file, max_rows), out, counts: Counts::default() }
    }

    /// Whether the report is a file, which a report of some of the rules must not take the name of.
    pub fn is_whole_or_nothing(&self) -> bool {
        self.out.is_file()
    }

    /// Reads a result to its end and adds it to `body`; gives the number of its rows.
    pub fn collect(&self, result: &mut ResultRows, body: &mut Body) -> Result<u64, RunError> {
        let format = match self.format {
            HuntFormat::Table => Format::Table,
            HuntFormat::Markdown => Format::Markdown,
            HuntFormat::Json | HuntFormat::Jsonl => {
                body.results.push(Rows { columns: result.columns.clone(), rows: None });
                let (rows, count) = Rows::read(result)?;
                if let Some(last) = body.results.last_mut() {
                    *last = rows;
                }
                return Ok(count);
            }
        };
        if !body.text.is_empty() {
            body.text.push(b'\n');
        }
        let mut count = 0;
        let mut writer = output::writer(format, &result.columns, None, self.layout, &mut body.text)?;
        while let Some(batch) = result.next()? {
            count += batch.num_rows() as u64;
            writer.write(&batch)?;
        }
        writer.finish()?;
        Ok(count)
    }

    /// Writes a rule that has ended.
    pub fn rule(&mut self, outcome: &Outcome<'_>) -> io::Result<()> {
        let first = self.counts.matched + self.counts.clean + self.counts.failed == 0;
        match outcome.status {
            Status::Matched => self.counts.matched += 1,
            Status::Clean => self.counts.clean += 1,
            Status::Failed => self.counts.failed += 1,
        }
        match self.format {
            HuntFormat::Table => self.table(outcome)?,
            HuntFormat::Markdown => self.markdown(outcome)?,
            HuntFormat::Json => write!(self.out, "{}{}", if first { "[\n" } else { ",\n" }, outcome.json())?,
            HuntFormat::Jsonl => writeln!(self.out, "{}", outcome.json())?,
        }
        self.out.flush()
    }

    fn table(&mut self, outcome: &Outcome<'_>) -> io::Result<()> {
        let (name, place) = title(outcome);
        writeln!(self.out, "■ {} ({place})", output::visible(&name))?;
        if let Some(rule) = outcome.rule {
            let facts = facts(rule);
            if !facts.is_empty() {
                writeln!(self.out, "  {}", output::visible(&facts.join(" · ")))?;
            }
        }
        writeln!(
            self.out,
            "  {}, {:.3} s",
            output::visible(&outcome.summary()),
            outcome.elapsed.as_secs_f64()
        )?;
        if outcome.status == Status::Matched {
            self.out.write_all(&outcome.body.text)?;
        }
        writeln!(self.out)
    }

    fn markdown(&mut self, outcome: &Outcome<'_>) -> io::Result<()> {
        let (name, place) = title(outcome);
        writeln!(self.out, "## {}\n", output::visible(&name))?;
        if let Some(rule) = outcome.rule {
            if let Some(description) = &rule.description {
                writeln!(self.out, "{}\n", description.trim())?;
            }
            for fact in facts(rule) {
                writeln!(self.out, "- {fact}")?;
            }
        }
        writeln!(
            self.out,
            "- `{place}`\n- {} in {:.3} s\n",
            outcome.summary(),
            outcome.elapsed.as_secs_f64()
        )?;
        if outcome.status == Status::Matched {
            self.out.write_all(&outcome.body.text)?;
            writeln!(self.out)?;
        }
        Ok(())
    }

    /// Writes the end of the report of `rules` rules, not all of which may have been run.
    pub fn finish(mut self, rules: usize) -> io::Result<Counts> {
        let Counts { matched, clean, failed } = self.counts;
        let ran = matched + clean + failed;
        match self.format {
            HuntFormat::Table | HuntFormat::Markdown => {
                let s = if rules == 1 { "" } else { "s" };
                write!(
                    self.out,
                    "{rules} rule{s}: {matched} found rows, {clean} found none, {failed} failed"
                )?;
                if ran < rules {
                    write!(self.out, ", {} did not run", rules - ran)?;
                }
                writeln!(self.out)?;
            }
            HuntFormat::Json => self.out.write_all(if ran == 0 { b"[]\n" } else { b"\n]\n" })?,
            HuntFormat::Jsonl => {}
        }
        self.out.commit()?;
        Ok(self.counts)
    }
}

/// The name of a rule and the place where it stands.
fn title(outcome: &Outcome<'_>) -> (String, String) {
    match (outcome.rule, outcome.problem) {
        (Some(rule), _) => (rule.name.clone(), format!("{}:{}", rule.path.display(), rule.line)),
        (None, Some(problem)) => {
            let name = problem.path.file_name().map(|name| name.to_string_lossy().into_owned());
            let line = problem.line.map_or_else(String::new, |line| format!(":{line}"));
            (name.unwrap_or_default(), format!("{}{line}", problem.path.display()))
        }
        (None, None) => Default::default(),
    }
}

/// What the document says about a rule, in short.
fn facts(rule: &Rule) -> Vec<String> {
    let mut facts: Vec<String> = Vec::new();
    facts.extend(rule.severity.as_ref().map(|severity| format!("severity {severity}")));
    if !rule.tactics.is_empty() {
        facts.push(rule.tactics.join(", "));
    }
    if !rule.techniques.is_empty() {
        facts.push(rule.techniques.join(", "));
    }
    facts.extend(rule.id.clone());
    facts
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;
    use kql2sql::{Column, Span, Type};

    fn rule() -> Rule {
        Rule {
            path: PathBuf::from("rules/a.yaml"),
            line: 3,
            id: Some("1".into()),
            name: "A\u{1b}[31m".into(),
            tactics: vec!["Exfiltration".into()],
            query: "T".into(),
            ..Rule::default()
        }
    }

    /// The report of a rule that found a row and one that failed.
    fn written(format: HuntFormat) -> String {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("report");
        let mut report = Report::new(format, None, true, Sink::open(Some(&path)).unwrap());
        let rule = rule();
        let rows = Rows { columns: vec![Column::new("n", Type::Long)], rows: Some("[1]".into()) };
        let body = Body { text: b"TABLE\n".to_vec(), results: vec![rows] };
        let matched =
            Outcome { rule: Some(&rule), status: Status::Matched, rows: 1, body, ..Outcome::failed() };
        report.rule(&matched).unwrap();
        let diagnostic = Diagnostic::error("KS204", Span::new(0, 1), "There is no table 'T'.");
        let error = Error::Query { diagnostics: vec![diagnostic.clone()], source: "T".into() };
        let failed = Outcome {
            rule: Some(&rule),
            diagnostics: vec![diagnostic],
            error: Some(error),
            ..Outcome::failed()
        };
        report.rule(&failed).unwrap();
        let counts = report.finish(3).unwrap();
        assert_eq!((counts.matched, counts.clean, counts.failed), (1, 0, 1));
        std::fs::read_to_string(path).unwrap()
    }

    #[test]
    fn the_table_report_has_a_head_a_table_and_a_summary() {
        assert_eq!(
            written(HuntFormat::Table),
            "\
■ A\\u{1b}[31m (rules/a.yaml:3)
  Exfiltration · 1
  1 row, 0.000 s
TABLE

■ A\\u{1b}[31m (rules/a.yaml:3)
  Exfiltration · 1
  failed: KS204: There is no table 'T', 0.000 s

3 rules: 1 found rows, 0 found none, 1 failed, 1 did not run
"
        );
    }

    #[test]
    fn the_json_report_is_an_array_of_rules() {
        let value: Value = serde_json::from_str(&written(HuntFormat::Json)).unwrap();
        assert_eq!(value[0]["status"], "matched");
        assert_eq!(value[0]["rows"], json!([[1]]));
        assert_eq!(value[0]["tactics"], json!(["Exfiltration"]));
        assert_eq!(value[1]["status"], "failed");
        assert_eq!(value[1]["diagnostics"][0]["code"], "KS204");
        assert!(value[1].get("rows").is_none());
        let lines = written(HuntFormat::Jsonl);
        assert_eq!(lines.lines().count(), 2);
    }
}

//! The interactive shell.

mod commands;
mod complete;
mod highlight;
mod scope;
pub mod validate;

use std::borrow::Cow;
use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;
use std::sync::Arc;

use arrow::array::{ArrayRef, RecordBatch};
use kql2sql::{Catalog, Column, StoredFunction, Table, Type};
use nu_ansi_term::{Color, Style};
use reedline::{
    ColumnarMenu, EditCommand, Emacs, FileBackedHistory, KeyCode, KeyModifiers, MenuBuilder, Prompt,
    PromptEditMode, PromptHistorySearch, PromptHistorySearchStatus, Reedline, ReedlineEvent, ReedlineMenu,
    Signal, default_emacs_keybindings,
};

use crate::args::{Format, OutputArgs, ShellArgs};
use crate::diagnostics::{Source, coloured_output};
use crate::engine::Engine;
use crate::failure::{self, Failure, exit};
use crate::hunt::split;
use crate::interrupt;
use crate::output::{self, Layout, Sink};
use crate::query::{self, Destination, Done, eprintln_quietly};
use crate::text;

/// How many inputs the history keeps.
const HISTORY: usize = 10_000;

/// The name of the completion menu inside of the line editor.
const MENU: &str = "completion";

/// Whether the shell goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flow {
    Continue,
    Quit,
}

/// The state of the shell.
pub struct Shell {
    engine: Engine,
    /// How and where results are written.
    destination: Destination,
    /// Whether the time of each query is told.
    timer: bool,
    /// Whether somebody types.
    interactive: bool,
}

/// Starts the shell; with standard input from a pipe or a file it runs what is there.
pub fn run(args: &ShellArgs) -> Result<(), Failure> {
    let engine = Engine::open(&args.source, &args.engine)?;
    let interactive = io::stdin().is_terminal() && io::stdout().is_terminal();
    let destination = Destination { format: Format::Table, output: OutputArgs::default() };
    let mut shell = Shell { engine, destination, timer: interactive, interactive };
    if interactive {
        shell.interact()
    } else {
        let script = text::stdin()?;
        shell.script(&validate::split(&script)).map(|_| ())
    }
}

impl Shell {
    /// Reads and runs inputs until somebody leaves.
    fn interact(&mut self) -> Result<(), Failure> {
        interrupt::stay();
        let tables = self.engine.session().table_names().len();
        let s = if tables == 1 { "" } else { "s" };
        let mut out = io::stdout();
        writeln!(
            out,
            "Lakehunt {}, {tables} table{s}. A blank line or ; runs a query.",
            env!("CARGO_PKG_VERSION")
        )?;
        writeln!(out, ".help lists the commands, Tab completes, Ctrl-D leaves.")?;
        let mut editor = self.editor();
        loop {
            let signal = editor.read_line(&KqlPrompt);
            // Now, and not at the end: the terminal may be closed at any time. A history that cannot be written is no
            // reason to stop.
            let _ = editor.sync_history();
            match signal.map_err(|error| Failure::new(format_args!("no terminal: {error}")))? {
                Signal::Success(input) => match self.input(&input) {
                    Ok(Flow::Continue) => {}
                    Ok(Flow::Quit) => return Ok(()),
                    // The reader of the output has gone: there is nobody to go on for.
                    Err(failure) if failure.code == 0 => return Ok(()),
                    Err(failure) => {
                        failure.report();
                    }
                },
                Signal::CtrlD => return Ok(()),
                _ => {}
            }
        }
    }

    /// Runs the inputs of a script; those behind one that fails run, too.
    fn script(&mut self, inputs: &[String]) -> Result<Flow, Failure> {
        let mut failed = false;
        for input in inputs {
            match self.input(input) {
                Ok(Flow::Continue) => {}
                Ok(Flow::Quit) => {
                    return if failed { Err(Failure::reported(exit::FAILED)) } else { Ok(Flow::Quit) };
                }
                Err(failure) if matches!(failure.code, 0 | exit::INTERRUPTED) => return Err(failure),
                Err(failure) => {
                    failure.report();
                    failed = true;
                }
            }
        }
        if failed { Err(Failure::reported(exit::FAILED)) } else { Ok(Flow::Continue) }
    }

    /// Runs one input.
    fn input(&mut self, input: &str) -> Result<Flow, Failure> {
        let input = input.trim_end();
        if input.trim_start().is_empty() {
            return Ok(Flow::Continue);
        }
        if input.trim_start().starts_with('.') {
            return commands::run(self, input);
        }
        if is_comment(input) {
            return Ok(Flow::Continue);
        }
        let mut failed = false;
        // A text that was pasted may hold several queries.
        for (before, text) in split::queries(input) {
            let source = Source { line: before + 1, ..Source::typed(&text) };
            match query::execute(&self.engine, source, None, &self.destination) {
                Ok(done) => self.say(&done),
                Err(failure) if matches!(failure.code, 0 | exit::INTERRUPTED) => return Err(failure),
                Err(failure) => {
                    failure.report();
                    failed = true;
                }
            }
        }
        if failed { Err(Failure::reported(exit::FAILED)) } else { Ok(Flow::Continue) }
    }

    /// Tells the time of a query, if it is wanted.
    fn say(&self, done: &Done) {
        if self.timer {
            eprintln_quietly(&done.to_string());
        }
    }

    /// Shows a table of the shell's own on the screen.
    fn show(&self, columns: &[(&str, Type, ArrayRef)]) -> Result<(), Failure> {
        let batch = RecordBatch::try_from_iter(columns.iter().map(|(name, _, array)| (*name, array.clone())))
            .map_err(Failure::new)?;
        let columns: Vec<Column> = columns.iter().map(|(name, ty, _)| Column::new(*name, *ty)).collect();
        let mut sink = Sink::open(None)?;
        let layout = Layout::new(false, Some(0));
        let mut writer = output::writer(Format::Table, &columns, None, layout, &mut sink)?;
        writer.write(&batch)?;
        writer.finish()?;
        Ok(())
    }

    /// The line editor.
    fn editor(&self) -> Reedline {
        let mut keys = default_emacs_keybindings();
        keys.add_binding(
            KeyModifiers::NONE,
            KeyCode::Tab,
            ReedlineEvent::UntilFound(vec![ReedlineEvent::Menu(MENU.into()), ReedlineEvent::MenuNext]),
        );
        keys.add_binding(KeyModifiers::SHIFT, KeyCode::BackTab, ReedlineEvent::MenuPrevious);
        keys.add_binding(
            KeyModifiers::ALT,
            KeyCode::Enter,
            ReedlineEvent::Edit(vec![EditCommand::InsertNewline]),
        );
        let colour = coloured_output();
        let menu = ColumnarMenu::default()
            .with_name(MENU)
            .with_marker("> ")
            .with_description_text_style(Style::new().fg(Color::DarkGray));
        let completer =
            complete::Kql { catalog: Tables(self.engine.clone()), options: self.engine.options() };
        let editor = Reedline::create()
            .use_bracketed_paste(true)
            .with_ansi_colors(colour)
            .with_validator(Box::new(validate::Whole))
            .with_highlighter(Box::new(highlight::Kql { colour }))
            .with_completer(Box::new(completer))
            .with_quick_completions(true)
            .with_partial_completions(true)
            .with_menu(ReedlineMenu::EngineCompleter(Box::new(menu)))
            .with_edit_mode(Box::new(Emacs::new(keys)));
        let history = history_file().map(|path| {
            if let Some(folder) = path.parent() {
                // If this fails, so does opening the file, which is reported.
                let _ = std::fs::create_dir_all(folder);
            }
            FileBackedHistory::with_file(HISTORY, path.clone()).map_err(|error| (path, error))
        });
        match history {
            Some(Ok(history)) => editor.with_history(Box::new(history)),
            Some(Err((path, error))) => {
                failure::warning(format_args!("the history is not kept: {}: {error}", path.display()));
                editor
            }
            None => editor,
        }
    }
}

/// Whether the text says nothing that is not a comment.
fn is_comment(text: &str) -> bool {
    let parsed = kql2sql::syntax::parse(text);
    parsed.script.statements.is_empty() && parsed.diagnostics.is_empty()
}

/// Where the history is kept: `LAKEHUNT_HISTORY` (empty for nowhere), else the data folder of the XDG rules.
fn history_file() -> Option<PathBuf> {
    if let Some(path) = std::env::var_os("LAKEHUNT_HISTORY") {
        return (!path.is_empty()).then(|| PathBuf::from(path));
    }
    let folder = std::env::var_os("XDG_DATA_HOME")
        .map(PathBuf::from)
        .filter(|path| path.is_absolute())
        .or_else(|| std::env::home_dir().map(|home| home.join(".local/share")))?;
    Some(folder.join("lakehunt").join("history.txt"))
}

/// The tables of the engine, for the completer.
struct Tables(Engine);

impl Catalog for Tables {
    fn table(&self, name: &str) -> Option<Arc<Table>> {
        self.0.catalog().table(name)
    }

    fn table_names(&self) -> Vec<String> {
        self.0.session().table_names()
    }

    fn function(&self, name: &str) -> Option<StoredFunction> {
        self.0.catalog().function(name)
    }

    fn function_names(&self) -> Vec<String> {
        self.0.catalog().function_names()
    }

    fn watchlist(&self, alias: &str) -> Option<Arc<Table>> {
        self.0.catalog().watchlist(alias)
    }

    fn watchlist_names(&self) -> Vec<String> {
        self.0.catalog().watchlist_names()
    }
}

/// The prompt.
struct KqlPrompt;

impl Prompt for KqlPrompt {
    fn render_prompt_left(&self) -> Cow<'_, str> {
        "kql".into()
    }

    fn render_prompt_right(&self) -> Cow<'_, str> {
        "".into()
    }

    fn render_prompt_indicator(&self, _mode: PromptEditMode) -> Cow<'_, str> {
        "> ".into()
    }

    fn render_prompt_multiline_indicator(&self) -> Cow<'_, str> {
        "   : ".into()
    }

    fn render_prompt_history_search_indicator(&self, search: PromptHistorySearch) -> Cow<'_, str> {
        let failing = match search.status {
            PromptHistorySearchStatus::Passing => "",
            PromptHistorySearchStatus::Failing => "nothing found for ",
        };
        format!(" (history: {failing}{}) ", search.term).into()
    }
}

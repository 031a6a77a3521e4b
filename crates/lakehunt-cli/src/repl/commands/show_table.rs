//! `.show table NAME schema`: the columns of a table.

use std::sync::Arc;

use arrow::array::StringViewArray;
use kql2sql::Type;
use kql2sql::diagnostics::nearest;

use super::Command;
use crate::engine;
use crate::failure::Failure;
use crate::repl::{Flow, Shell};

pub const COMMAND: Command = Command {
    name: ".show table",
    aliases: &[".schema"],
    arguments: "NAME [schema]",
    doc: "List the columns of a table and their types",
    run,
};

fn run(shell: &mut Shell, arguments: &str) -> Result<Flow, Failure> {
    let name = match arguments.rsplit_once(char::is_whitespace) {
        Some((name, word))
            if word.eq_ignore_ascii_case("schema") || word.eq_ignore_ascii_case("cslschema") =>
        {
            name
        }
        _ => arguments,
    };
    let name =
        name.trim().trim_start_matches("['").trim_start_matches("[\"").trim_end_matches(['\'', '"', ']']);
    if name.is_empty() {
        return Err(Failure::usage("write .show table NAME schema"));
    }
    let session = shell.engine.session();
    let Some(table) = session.table(name).map_err(|error| engine::fail(&error))? else {
        let names = session.table_names();
        let hint = match nearest(name, names.iter().map(String::as_str)) {
            Some(near) => format!("did you mean '{near}'?"),
            None => ".show tables lists all".into(),
        };
        return Err(Failure::new(format_args!("there is no table '{name}'; {hint}")));
    };
    let names = StringViewArray::from_iter_values(table.columns.iter().map(|c| &c.name));
    let types = StringViewArray::from_iter_values(table.columns.iter().map(|c| c.ty.name()));
    shell.show(&[
        ("ColumnName", Type::String, Arc::new(names)),
        ("ColumnType", Type::String, Arc::new(types)),
    ])?;
    Ok(Flow::Continue)
}

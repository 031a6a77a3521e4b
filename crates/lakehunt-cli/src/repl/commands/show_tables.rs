//! `.show tables`: the names of the tables.

use std::sync::Arc;

use arrow::array::StringViewArray;
use kql2sql::Type;

use super::Command;
use crate::failure::Failure;
use crate::repl::{Flow, Shell};

pub const COMMAND: Command =
    Command { name: ".show tables", aliases: &[".tables"], arguments: "", doc: "List the tables", run };

fn run(shell: &mut Shell, _arguments: &str) -> Result<Flow, Failure> {
    let names = shell.engine.session().table_names();
    let names = StringViewArray::from_iter_values(&names);
    shell.show(&[("TableName", Type::String, Arc::new(names))])?;
    Ok(Flow::Continue)
}

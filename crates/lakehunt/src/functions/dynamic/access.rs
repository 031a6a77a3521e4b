//! Members of dynamic values.

use super::convert::compact;
use super::views::Views;
use crate::dynamic::canonical::canonical;
use crate::dynamic::extract::{Paths, get};
use crate::dynamic::path::Path;
use crate::dynamic::scan::{Kind, trim};
use crate::dynamic::text::{inner, unescape};
use crate::functions::adapter::{ArgType, Args, Cache, ReturnType, ScalarKernel, Text};
use datafusion::arrow::array::{ArrayRef, AsArray, StructArray, new_null_array};
use datafusion::arrow::datatypes::{DataType, Field, Fields};
use datafusion::common::Result;
use std::sync::Arc;

static PATHS: Cache<Option<Path>> = Cache::new(Path::from_json);
static JSON_PATHS: Cache<Option<Path>> = Cache::new(Path::from_jsonpath);

/// Reading members of dynamic values.
pub static SCALARS: &[ScalarKernel] = &[
    // (dynamic, path as a JSON array): the member as dynamic; null where there is none.
    ScalarKernel {
        name: "kql_dynamic_get",
        args: &[ArgType::Text, ArgType::Text],
        returns: ReturnType::Dynamic,
        eval: |a| {
            let document = a.text(0)?;
            let mut paths = PATHS.prepare(a.text(1)?);
            let mut views = Views::new(document, a.rows());
            for row in 0..a.rows() {
                let member =
                    document.get_opt(row).zip(paths.get(row).as_ref()).and_then(|(d, path)| get(d, path));
                views.push(row, member.map(compact));
            }
            Ok(views.finish())
        },
        ..ScalarKernel::BASE
    },
    // (raw JSON text, path, …): a struct with a field f0, f1 … for each path, read in one pass over the document. The text
    // is that of a file, or an argument of `parse_json`: what is read of it is made canonical as `parse_json` would.
    //
    // It is declared volatile, though it is not: DataFusion inlines an expression that is not volatile into the filters
    // which it pushes down, next to computing it for the projection, and the document would be read twice.
    ScalarKernel {
        name: "kql_dynamic_fields",
        args: &[ArgType::Text],
        variadic: Some(ArgType::Text),
        returns: ReturnType::With(|args| DataType::Struct(fields(args.len().saturating_sub(1)))),
        volatile: true,
        eval: members_in_one_pass,
        ..ScalarKernel::BASE
    },
    // (struct of `kql_dynamic_fields`, index): the field with that number. DataFusion's own `get_field` would be moved to
    // the scan together with the struct below it, before the filters, and each field would read the document anew.
    ScalarKernel {
        name: "kql_field",
        args: &[ArgType::Any, ArgType::Long],
        // Null where there is no such member; as text it would be "".
        returns: ReturnType::Dynamic,
        eval: |a| {
            let fields = a.array(0)?;
            let index = a.long(1)?.constant().flatten().unwrap_or_default();
            let column = fields.as_struct_opt().and_then(|s| s.columns().get(usize::try_from(index).ok()?));
            Ok(column.map_or_else(|| new_null_array(&DataType::Utf8View, a.rows()), Arc::clone))
        },
        ..ScalarKernel::BASE
    },
    // (JSONPath, text): the member as text, "" where there is none or the text is no JSON.
    ScalarKernel {
        name: "kql_extract_json",
        args: &[ArgType::Text, ArgType::Text],
        returns: ReturnType::Text,
        eval: |a| {
            let mut paths = JSON_PATHS.prepare(a.text(0)?);
            let text = a.text(1)?;
            a.collect(|row| {
                let document = canonical(text.get(row))?;
                let member = get(&document, paths.get(row).as_ref()?)?;
                Some(inner(member).map_or(member.to_owned(), |s| unescape(s).into_owned()))
            })
        },
        ..ScalarKernel::BASE
    },
    // The same as dynamic.
    ScalarKernel {
        name: "kql_extract_json_dynamic",
        args: &[ArgType::Text, ArgType::Text],
        returns: ReturnType::Dynamic,
        eval: |a| {
            let mut paths = JSON_PATHS.prepare(a.text(0)?);
            let text = a.text(1)?;
            a.collect(|row| {
                let document = canonical(text.get(row))?;
                get(&document, paths.get(row).as_ref()?).map(str::to_owned)
            })
        },
        ..ScalarKernel::BASE
    },
    // Whether a dynamic value is null or the empty string.
    ScalarKernel {
        name: "kql_isempty_dynamic",
        args: &[ArgType::Text],
        returns: ReturnType::Bool,
        eval: |a| {
            let value = a.text(0)?;
            a.collect(|row| Some(matches!(value.get_opt(row).map(trim), None | Some("" | "\"\"" | "null"))))
        },
        ..ScalarKernel::BASE
    },
];

/// The fields of `kql_dynamic_fields` with so many paths.
fn fields(count: usize) -> Fields {
    (0..count).map(|i| Field::new(format!("f{i}"), DataType::Utf8View, true)).collect()
}

fn members_in_one_pass(a: &Args<'_>) -> Result<ArrayRef> {
    let document = a.text(0)?;
    let texts = (1..a.len()).map(|i| a.text(i)).collect::<Result<Vec<Text<'_>>>>()?;
    let mut views: Vec<_> = texts.iter().map(|_| Views::new(document, a.rows())).collect();
    let constant: Option<Vec<_>> = texts.iter().map(Text::constant).collect();
    let compile = |paths: &[&str]| {
        let paths: Vec<_> = paths.iter().map(|p| PATHS.get(p)).collect();
        Paths::new(paths.iter().map(|p| (**p).as_ref()))
    };
    let mut paths = constant.as_deref().map(compile);
    let mut found = vec![None; texts.len()];
    for row in 0..a.rows() {
        if constant.is_none() {
            paths = Some(compile(&texts.iter().map(|t| t.get(row)).collect::<Vec<_>>()));
        }
        found.fill(None);
        if let (Some(paths), Some(document)) = (&paths, document.get_opt(row))
            && is_whole(document)
        {
            paths.find(document, &mut found);
        }
        for (views, piece) in views.iter_mut().zip(&found) {
            views.push(row, piece.and_then(canonical));
        }
    }
    let columns = views.into_iter().map(Views::finish).collect();
    Ok(Arc::new(StructArray::try_new_with_length(fields(texts.len()), columns, None, a.rows())?))
}

/// Whether the text ends as the JSON that it begins as: a document that was cut off is no JSON, and Kusto would hold
/// it as a string, which has no members. (That what is in between is JSON is not checked: a document is not read
/// further than to the last member asked for.)
fn is_whole(document: &str) -> bool {
    let text = trim(document);
    match Kind::of(text) {
        Some(Kind::Object) => text.ends_with('}'),
        Some(Kind::Array) => text.ends_with(']'),
        _ => true,
    }
}

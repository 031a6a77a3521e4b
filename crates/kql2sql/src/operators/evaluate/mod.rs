//! `evaluate`: Runs a plugin.
//!
//! A plugin is one entry of [`PLUGINS`]: name, parameters, documentation, examples, and how it becomes a
//! relation. Entries stand in one file a family. Most plugins are written in KQL (`compose.rs`); those whose
//! columns depend on the data ask it first (`Binder::ask`).

mod activity;
mod arguments;
mod bag_unpack;
mod compose;
mod engagement;
mod lookup;
mod narrow;
mod patterns;
mod pivot;
mod preview;
mod remote;
mod rows;
mod schema_merge;
mod shape;
mod windows;

use crate::bind::Binder;
use crate::bind::table::{refused_as, unknown_table};
use crate::diagnostics::binding;
use crate::functions::{self, ArgForm, Example, Param, ParamKind, param};
use crate::operators::OperatorKind;
use crate::operators::def::{OperatorDef, Place, form, parameter};
use crate::operators::externaldata::declared;
use crate::plan::{PlanColumn, Rel};
use crate::syntax::ast::{ColumnDecl, Expr};
use crate::syntax::ast::{ExprKind, Operator};
use crate::syntax::parser::{List, Parser};
use crate::syntax::token::TokenKind;
use crate::types::Type;
pub(crate) use arguments::Call;

/// The entry of `evaluate`.
pub(super) const EVALUATE: OperatorDef = OperatorDef {
    kinds: &[TokenKind::Evaluate],
    doc: "Runs a plugin.",
    page: "evaluate-operator",
    place: Place::Anywhere,
    parameters: Some(&[
        parameter("hint.distribution", &["single", "per_node", "per_shard", "default"]),
        parameter("hint.remote", &["auto", "local"]),
    ]),
    form: Some(form(
        "evaluate Plugin(Argument, …) [: (Column: type, …)]",
        "print d = dynamic({'a': 1}) | evaluate bag_unpack(d) : (a: long)",
        "[1]",
    )),
    refused: None,
    parse: Evaluate::parse,
};

/// All plugins, a slice for each family.
pub static PLUGINS: &[&[Plugin]] = &[
    activity::PLUGINS,
    engagement::PLUGINS,
    lookup::PLUGINS,
    patterns::PLUGINS,
    remote::PLUGINS,
    rows::PLUGINS,
    shape::PLUGINS,
    windows::PLUGINS,
];

/// The plugin of that name.
pub fn find(name: &str) -> Option<&'static Plugin> {
    PLUGINS.iter().flat_map(|family| family.iter()).find(|p| p.name == name)
}

/// One plugin.
pub struct Plugin {
    /// Kusto's name.
    pub name: &'static str,
    /// What it does, in one sentence.
    pub doc: &'static str,
    /// The file name of its page under `query/` of the Kusto documentation, without the ending; empty
    /// where there is none.
    pub page: &'static str,
    /// The ways in which it can be called; the first that fits wins.
    pub signatures: &'static [&'static [Param]],
    /// How it is bound.
    pub(crate) bind: Bind,
    /// Worked examples: queries and their first rows.
    pub examples: &'static [Example],
}

/// How a plugin is bound.
pub(crate) enum Bind {
    /// To the relation that the function makes.
    Rows(fn(&mut Call) -> Rel),
    /// To the relation that the function makes, which sees to the declared schema ([`Call::schema`]) itself.
    RowsBySchema(fn(&mut Call) -> Rel),
    /// Not at all.
    Refused {
        /// Why, and what to do instead.
        why: &'static str,
        /// The columns of its result.
        columns: fn(&mut Call) -> Vec<PlanColumn>,
    },
    /// Not at all, and nothing is known of its columns either.
    Unknown(&'static str),
}

impl Plugin {
    /// What most entries have; for `..Plugin::BASE`.
    pub(crate) const BASE: Plugin = Plugin {
        name: "",
        doc: "",
        page: "",
        signatures: &[&[]],
        bind: Bind::Unknown("it is not translated yet"),
        examples: &[],
    };

    /// Why it is refused, and what to do instead; `None` for a plugin that works.
    pub fn refusal(&self) -> Option<&'static str> {
        match self.bind {
            Bind::Rows(_) | Bind::RowsBySchema(_) => None,
            Bind::Refused { why, .. } | Bind::Unknown(why) => Some(why),
        }
    }
}

impl std::fmt::Debug for Plugin {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Plugin").field("name", &self.name).field("refusal", &self.refusal()).finish()
    }
}

/// Runs a plugin.
#[derive(Debug, Clone)]
pub struct Evaluate {
    /// The plugin call.
    pub call: Expr,
    /// `: (a:string, *)`, the declared result columns; the flag tells whether `*` was there.
    pub schema: Option<(Vec<ColumnDecl>, bool)>,
}

impl Evaluate {
    /// `evaluate plugin(argument, …) : (name:type, …)`
    pub(crate) fn parse(p: &mut Parser) -> OperatorKind {
        let start = p.start();
        let call = if p.at_call() {
            p.call(None, start)
        } else {
            if p.peek().is_name() {
                p.bump();
                p.expect(TokenKind::OpenParen);
            } else {
                p.missing("The call of a plugin");
            }
            p.error_expression()
        };
        let schema = p.eat(TokenKind::Colon).then(|| Self::schema(p));
        OperatorKind::Evaluate(Evaluate { call, schema })
    }

    /// `(*, name:type, …)`
    fn schema(p: &mut Parser) -> (Vec<ColumnDecl>, bool) {
        if !p.expect(TokenKind::OpenParen) {
            return (Vec::new(), false);
        }
        p.eat(TokenKind::Comma);
        let star = p.eat(TokenKind::Star);
        p.eat(TokenKind::Comma);
        let columns =
            p.comma_list(List::ANY.with_trailing_comma(), Parser::column_decl, Parser::missing_column_decl);
        p.expect(TokenKind::CloseParen);
        (columns, star)
    }
}

impl Evaluate {
    /// The name of the plugin.
    pub(crate) fn plugin(&self) -> Option<&str> {
        match &self.call.kind {
            ExprKind::Call { name, .. } => Some(&name.text),
            _ => None,
        }
    }

    pub(crate) fn bind(&self, binder: &mut Binder, input: Option<Rel>, _: &Operator) -> Rel {
        let ExprKind::Call { name, args, .. } = &self.call.kind else {
            return unknown_table();
        };
        let Some(plugin) = find(&name.text) else {
            if functions::find(functions::SCALARS, &name.text).is_some() {
                binder.report(binding::not_a_plugin(name.span, &name.text));
                return unknown_table();
            }
            let names = PLUGINS.iter().flat_map(|family| family.iter()).map(|p| p.name);
            binder.report(binding::unknown_plugin(name.span, &name.text, names));
            return unknown_table();
        };
        let Some(mut call) = Call::bind(binder, input.unwrap_or_else(unknown_table), plugin, name, args)
        else {
            // What its columns would have been is not reported as unknown on top of what was wrong.
            return Rel { open: true, ..unknown_table() };
        };
        let schema = self.schema.as_ref().map(|(columns, star)| (declared(call.binder, columns), *star));
        let (why, known) = match plugin.bind {
            Bind::RowsBySchema(rows) => {
                call.schema = schema;
                return rows(&mut call);
            }
            Bind::Rows(rows) if schema.is_none() => return rows(&mut call),
            Bind::Rows(rows) => {
                let columns = rows(&mut call).visible().cloned().collect();
                ("leave the schema behind it out", Some(columns))
            }
            Bind::Refused { why, columns } => (why, Some(columns(&mut call))),
            Bind::Unknown(why) => (why, None),
        };
        let open = schema.is_none() && known.is_none();
        let columns = match schema {
            Some((schema, star)) => {
                let mut columns = if star { known.unwrap_or_default() } else { Vec::new() };
                columns.retain(|c| !schema.iter().any(|s| s.name == c.name));
                columns.extend(schema);
                columns
            }
            None => known.unwrap_or_default(),
        };
        Rel { open, ..refused_as(&name.text, name.span, columns, why) }
    }
}

/// A column of the input.
const fn column(name: &'static str, kind: ParamKind) -> Param {
    param(name, kind).form(ArgForm::Column)
}

/// A constant.
const fn constant(name: &'static str, kind: ParamKind) -> Param {
    param(name, kind).form(ArgForm::Constant)
}

/// Columns by which the result is sliced.
const DIMENSIONS: Param = column("Dimension", ParamKind::NotDynamic).times(0, MANY);

/// As often as one likes.
const MANY: u16 = 32_767;

/// Columns of these names and types.
fn fixed(columns: &[(&str, Type)]) -> Vec<PlanColumn> {
    columns.iter().map(|(n, t)| PlanColumn::new(*n, *t, true)).collect()
}

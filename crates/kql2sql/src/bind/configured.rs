//! Functions that depend on what the query or its caller set: request properties, a database of addresses, patterns
//! of user agents, the column with the time of ingestion.

use super::Binder;
use super::projection::project;
use crate::diagnostics::messages;
use crate::functions::{Function, Lower, SCALARS, find, parsing, system};
use crate::operators::take::limit;
use crate::plan::{Expr, ExprKind, PlanColumn, Rel};
use crate::span::Span;
use crate::syntax::ast::{self, Literal};
use crate::types::Type;

/// The hidden column with the time at which a row came into its table, called as what `ingestion_time()` gives. Projections
/// hand it on.
pub(crate) const INGESTION_TIME: &str = "$IngestionTime";

/// The request properties that say what `bin_auto()` does.
const BIN_SIZE: &str = "query_bin_auto_size";
const BIN_AT: &str = "query_bin_auto_at";

/// The request properties that change answers in a way that is not known here, with the way round.
const REFUSED: &[(&str, &str)] = &[
    ("query_datetimescope_column", SCOPE),
    ("query_datetimescope_from", SCOPE),
    ("query_datetimescope_to", SCOPE),
    ("query_results_apply_getschema", "end the query with `| getschema`"),
];
const SCOPE: &str = "tables are read whole; filter them by their time with `where`";

impl Binder<'_> {
    /// Heeds a request property that changes answers; the others steer Kusto's own engine. One without a value is true.
    pub(super) fn set_property(&mut self, name: &ast::Name, value: Option<Expr>) {
        if let Some((_, why)) = REFUSED.iter().find(|(refused, _)| *refused == name.text) {
            if !matches!(value.as_ref().and_then(Expr::as_literal), Some(Literal::Bool(false))) {
                self.report(messages::unsupported(name.span, &format!("set {}", name.text), why));
            }
            return;
        }
        let literal = value.as_ref().and_then(Expr::as_literal);
        match (name.text.as_str(), literal) {
            (BIN_SIZE | BIN_AT, _) => self.properties.extend(value.map(|v| (name.text.clone(), v))),
            ("query_now", Some(Literal::DateTime(now))) => self.now = Some(*now),
            // Of several the lowest counts.
            ("query_take_max_records", Some(&Literal::Long(most @ 0..))) => {
                self.most_rows = Some(self.most_rows.map_or(most, |before| before.min(most)));
            }
            ("query_now" | "query_take_max_records", _) => {
                let why = "its value must be a literal of its type";
                self.report(messages::unsupported(name.span, &format!("set {}", name.text), why));
            }
            _ => {}
        }
    }

    /// The rows that are given out of a result.
    pub(super) fn at_most(&self, result: Rel) -> Rel {
        match self.most_rows {
            Some(most) if !result.columns.is_empty() => {
                limit(result, Expr::literal(Literal::Long(most), Span::default()))
            }
            _ => result,
        }
    }

    /// A call of a function that was configured, as what it stands for.
    pub(super) fn configured(&mut self, call: Expr, name: &ast::Name, span: Span) -> Expr {
        let ExprKind::Call { function, overload, args } = &call.kind else { return call };
        if !matches!(function.overloads[*overload].lower, Lower::Needs(_)) {
            // It depends on nothing, or the call around it gave it back as it is.
            return call;
        }
        match function.name {
            "bin_auto" => {
                let Some(size) = self.properties.get(BIN_SIZE).cloned() else { return call };
                let (bin, fixed) = match self.properties.get(BIN_AT).cloned() {
                    Some(at) => ("bin_at", vec![at]),
                    None => ("bin", vec![]),
                };
                let args = args.iter().cloned().chain([size]).chain(fixed).collect();
                let Some(bin) = find(SCALARS, bin) else { return call };
                self.check_call(bin, name, &[], args, span)
            }
            "geo_info_from_ip_address" => {
                with_file(&call, args, &system::GEO_INFO, self.options.geo_database.as_deref())
                    .unwrap_or(call)
            }
            "parse_user_agent" => {
                with_file(&call, args, &parsing::USER_AGENT, self.options.user_agents.as_deref())
                    .unwrap_or(call)
            }
            "ingestion_time" => {
                let rows = self.rows.last();
                match rows.and_then(|rows| rows.columns.iter().find(|c| c.name == INGESTION_TIME)) {
                    Some(column) => column.reference(span),
                    None if self.options.ingestion_time.is_some() => {
                        let function = &system::INGESTION_TIME_LOST;
                        Expr { kind: ExprKind::Call { function, overload: 0, args: vec![] }, ..call }
                    }
                    None => call,
                }
            }
            _ => call,
        }
    }

    /// A table with the hidden column, if it has the column that tells it.
    pub(crate) fn with_ingestion_time(&self, table: Rel, span: Span) -> Rel {
        let wanted = self.options.ingestion_time.as_deref();
        let column = wanted.and_then(|name| table.column(name)).filter(|c| c.ty == Type::DateTime);
        let Some(value) = column.map(|c| c.reference(span)) else { return table };
        let hidden = PlanColumn { hidden: true, ..PlanColumn::new(INGESTION_TIME, Type::DateTime, true) };
        let mut list: Vec<_> = table.columns.iter().map(|c| (c.clone(), c.reference(span))).collect();
        list.push((hidden, value));
        project(table, list)
    }
}

/// A call of `function` with the path of its file in front of the arguments, where there is one.
fn with_file(call: &Expr, args: &[Expr], function: &'static Function, file: Option<&str>) -> Option<Expr> {
    let file = Expr::literal(Literal::String(file?.to_owned()), call.span);
    let args = std::iter::once(file).chain(args.iter().cloned()).collect();
    Some(Expr { kind: ExprKind::Call { function, overload: 0, args }, ..call.clone() })
}

/// Whether a relation has the hidden column.
pub(crate) fn has_ingestion_time(rel: &Rel) -> bool {
    rel.column(INGESTION_TIME).is_some_and(|c| c.hidden)
}

/// Makes the hidden column one that is read from outside: a union reads what its inputs show.
pub(crate) fn show_ingestion_time(rel: &mut Rel) {
    for column in std::rc::Rc::make_mut(&mut rel.columns) {
        column.hidden &= column.name != INGESTION_TIME;
    }
}

/// Hands the hidden column on to a projection of `input`.
pub(super) fn carry_ingestion_time(input: &Rel, columns: &mut Vec<PlanColumn>, values: &mut Vec<Expr>) {
    let there = columns.iter().any(|c| c.name == INGESTION_TIME);
    if let Some(column) = input.column(INGESTION_TIME).filter(|c| c.hidden && !there) {
        columns.push(column.clone());
        values.push(column.reference(Span::default()));
    }
}

//! `partition`: Runs a sub-query for each value of a column.

use crate::bind::Binder;
use crate::bind::RowScope;
use crate::bind::carry::carry;
use crate::bind::projection::{free_name, project};
use crate::bind::table::refused;
use crate::diagnostics::{binding, messages};
use crate::operators::OperatorKind;
use crate::operators::def::{
    CONCURRENCY, MATERIALIZED, OperatorDef, Place, SHUFFLE_KEY, SPREAD, form, parameter,
};
use crate::operators::relations::{computed, distinct};
use crate::operators::union::union;
use crate::plan::{self, Node, Order, PlanColumn, Rel};
use crate::rewrite::inputs;
use crate::syntax::ast::Operator;
use crate::syntax::ast::{Expr, ExprKind, Literal};
use crate::syntax::parser::Parser;
use crate::syntax::token::TokenKind;
use crate::types::Type;

/// The entry of `partition`.
pub(super) const PARTITION: OperatorDef = OperatorDef {
    kinds: &[TokenKind::Partition],
    doc: "Runs a sub-query for each value of a column.",
    page: "partition-operator",
    place: Place::Piped,
    parameters: Some(&[
        CONCURRENCY,
        SPREAD,
        MATERIALIZED,
        SHUFFLE_KEY,
        parameter("hint.strategy", &["shuffle", "native", "legacy"]),
    ]),
    form: Some(form(
        "partition [hint.strategy = native | shuffle | legacy] by Column (Operators)",
        "datatable(k: string, n: long)['a', 1, 'a', 2] | partition hint.strategy=native by k (top 1 by n)",
        r#"["a", 2]"#,
    )),
    refused: None,
    parse: Partition::parse,
};

/// Runs a sub-query for each value of a column.
#[derive(Debug, Clone)]
pub struct Partition {
    /// `by column`
    pub by: Box<Expr>,
    /// The sub-query: a pipe without a source, or (legacy) a whole query in braces.
    pub body: Box<Expr>,
    /// Whether the sub-query stood in braces.
    pub braces: bool,
}

impl Partition {
    /// `partition by column (operators)`, `partition by column { query }`
    pub(crate) fn parse(p: &mut Parser) -> OperatorKind {
        p.expect(TokenKind::By);
        let by = match p.simple_path() {
            Some(by) => by,
            None => p.missing_expression(),
        };
        if p.eat(TokenKind::In) {
            // The scope of the legacy form: the values to run for.
            let scope = p.required_unnamed_expression();
            p.report(messages::unsupported_syntax(scope.span, "`in` behind `partition by`"));
        }
        let braces = p.at(TokenKind::OpenBrace);
        let mut body = p.error_expression();
        if braces {
            p.bump();
            body = p.required_expression();
            p.expect(TokenKind::CloseBrace);
        } else if p.expect(TokenKind::OpenParen) {
            body = p.sub_query();
            p.expect(TokenKind::CloseParen);
        }
        OperatorKind::Partition(Partition { by: Box::new(by), body: Box::new(body), braces })
    }
}

impl Partition {
    /// The sub-query runs over all rows at once; the key goes along with each row, and makes groups of its own.
    pub(crate) fn bind(&self, binder: &mut Binder, input: Rel, op: &Operator) -> Rel {
        let span = op.keyword;
        let key = binder.scalar_over(RowScope::of(&input), &self.by);
        if !matches!(self.by.kind, ExprKind::Name { .. } | ExprKind::Error) {
            binder.report(binding::column_expected(self.by.span));
        } else if key.ty == Type::Dynamic {
            binder.report(binding::type_not_allowed(self.by.span, key.ty));
        }
        if self.braces {
            return self.bind_each(binder, input, key, op);
        }
        let mut name = free_name(&input.columns, "partition");
        while binder.is_shared_column(&name) {
            name = format!("{name}_").into();
        }
        let key_column = PlanColumn { hidden: true, ..PlanColumn::new(name, key.ty, true) };
        let mut list: Vec<(PlanColumn, plan::Expr)> =
            input.visible().map(|c| (c.clone(), c.reference(span))).collect();
        list.push((key_column.clone(), key));
        let rows = project(input, list);
        let rows = binder.share("rows", rows);
        let Node::Shared(base) = *rows.node else { return rows };
        let result = binder.sub_query(rows, &self.body);
        let columns: Vec<PlanColumn> = result.visible().cloned().collect();
        if total_of_few(&result) {
            let why = "a total is wanted of keys that may have no rows left; filter before 'partition'";
            return refused(op, columns, why);
        }
        match carry(binder, result, base, &[key_column], span) {
            Some(rel) => {
                let list = columns.iter().map(|c| (c.clone(), c.reference(span))).collect();
                project(Rel { order: Order::default(), ..rel }, list)
            }
            None => refused(
                op,
                columns,
                "its sub-query may read no other tables and have no sub-queries of its own; use joins",
            ),
        }
    }
}

impl Partition {
    /// The query in braces, which reads tables of its own, once for each value of the key: the data is asked for them.
    fn bind_each(&self, binder: &mut Binder, input: Rel, key: plan::Expr, op: &Operator) -> Rel {
        let span = op.keyword;
        let Some(name) = key.as_column().cloned() else {
            let columns = binder.table(&self.body).visible().cloned().collect();
            return refused(op, columns, "with a query in braces it needs a column behind 'by'");
        };
        let ty = key.ty;
        let Some(answer) = binder.answer() else {
            let text = binder.conversion(key, Type::String);
            binder.ask(distinct(computed(input, vec![("value", text)]), span));
            // What the columns of the result are does not depend on the value.
            let unknown = plan::Expr::literal(Literal::Null(ty), span);
            let Rel { columns, open, .. } = binder.table_with(&name, unknown, &self.body);
            return Rel { open, ..Rel::new(Node::Values(vec![]), columns.to_vec(), Order::default()) };
        };
        let mut values: Vec<String> = answer.into_iter().flatten().collect();
        values.sort();
        if values.len() > MOST_VALUES {
            let why = format!(
                "'{name}' has {} values, and with a query in braces there may be {MOST_VALUES}; use '(…)'",
                values.len()
            );
            binder.report(messages::unsupported(span, "partition", &why));
            values.truncate(1);
        }
        let mut results = Vec::new();
        for value in values {
            let value = plan::Expr::literal(Literal::String(value), span);
            let value = binder.conversion(value, ty);
            results.push((String::new(), binder.table_with(&name, value, &self.body)));
        }
        if results.is_empty() {
            let unknown = plan::Expr::literal(Literal::Null(ty), span);
            let columns = binder.table_with(&name, unknown, &self.body).columns.to_vec();
            return Rel::new(Node::Values(vec![]), columns, Order::default());
        }
        union(results, false, None)
    }
}

/// Kusto runs a query in braces for so many values at most.
const MOST_VALUES: usize = 64;

/// Whether somewhere all rows are aggregated though a key may have none left: its total would be missing.
fn total_of_few(rel: &Rel) -> bool {
    if let Node::Aggregate { keys, .. } = &*rel.node
        && keys.is_empty()
        && inputs(rel).any(may_lose_rows)
    {
        return true;
    }
    inputs(rel).any(total_of_few)
}

/// Whether a relation may be empty though what it reads is not.
fn may_lose_rows(rel: &Rel) -> bool {
    match &*rel.node {
        Node::Project { input, .. } => may_lose_rows(input),
        Node::Limit { input, count } => {
            !matches!(count.as_literal(), Some(Literal::Long(1..))) || may_lose_rows(input)
        }
        Node::Aggregate { input, keys, .. } => !keys.is_empty() && may_lose_rows(input),
        Node::Shared(_) => false,
        _ => true,
    }
}

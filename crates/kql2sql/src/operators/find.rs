//! `find`: Rows of many tables that match a predicate.

use crate::bind::Binder;
use crate::bind::table::refused;
use crate::operators::OperatorKind;
use crate::plan::{PlanColumn, Rel};
use crate::syntax::ast::Operator;
use crate::syntax::ast::{Expr, ExprKind, Name, Pipe};
use crate::syntax::names::NameUse;
use crate::syntax::parser::{List, Parser};
use crate::syntax::token::TokenKind;
use crate::types::Type;

/// Rows of many tables that match a predicate.
#[derive(Debug, Clone)]
pub struct Find {
    /// `in (…)`: the tables; empty for all.
    pub tables: Vec<Expr>,
    /// The predicate.
    pub predicate: Expr,
    /// `project …`, or `project-smart`.
    pub project: FindProject,
    /// `project-away …`
    pub project_away: Vec<Expr>,
}

/// The columns that `find` returns.
#[derive(Debug, Clone)]
pub enum FindProject {
    /// Nothing was said: as `project-smart`.
    Default,
    /// `project-smart`
    Smart,
    /// `project a, b:long, pack(*)`: columns with the type that was asked for, and whether `pack(*)` stood there.
    Columns(Vec<(Expr, Option<Name>)>, bool),
}

impl Find {
    /// `find in (table, …) where predicate project column, …`
    pub(crate) fn parse(p: &mut Parser) -> OperatorKind {
        p.data_scope();
        let tables = if p.eat(TokenKind::In) { tables(p) } else { Vec::new() };
        if tables.is_empty() {
            p.eat(TokenKind::Where);
        } else {
            p.expect(TokenKind::Where);
        }
        let predicate = p.required_unnamed_expression();
        let project = if p.eat(TokenKind::Project) {
            let columns =
                p.comma_list(List::OPEN, Self::column, |p| FindColumn::Typed(p.missing_expression(), None));
            let pack = columns.iter().any(|c| matches!(c, FindColumn::Pack));
            let typed = columns.into_iter().filter_map(|c| match c {
                FindColumn::Typed(column, ty) => Some((column, ty)),
                FindColumn::Pack => None,
            });
            FindProject::Columns(typed.collect(), pack)
        } else if p.eat(TokenKind::ProjectSmart) {
            FindProject::Smart
        } else {
            FindProject::Default
        };
        let project_away = if p.eat(TokenKind::ProjectAwayFind) || p.eat(TokenKind::ProjectAway) {
            p.comma_list(List::OPEN, Parser::name_or_wildcard, Parser::missing_expression)
        } else {
            Vec::new()
        };
        OperatorKind::Find(Find { tables, predicate, project, project_away })
    }

    /// `name`, `name:type`, `*`, `pack(*)`
    fn column(p: &mut Parser) -> Option<FindColumn> {
        if p.at(TokenKind::Pack) && p.nth(1) == TokenKind::OpenParen {
            p.bump();
            p.bump();
            p.expect(TokenKind::Star);
            p.expect_close(TokenKind::CloseParen);
            return Some(FindColumn::Pack);
        }
        if p.at(TokenKind::Star) {
            return Some(FindColumn::Typed(p.star(), None));
        }
        let name = p.name_reference(NameUse::Reference)?;
        let ty = p.eat(TokenKind::Colon).then(|| p.column_type());
        Some(FindColumn::Typed(name, ty))
    }
}

/// What stands in the `project` of `find`.
enum FindColumn {
    Typed(Expr, Option<Name>),
    Pack,
}

/// `(table, …)` behind `in`, for `find` and `search`.
pub(crate) fn tables(p: &mut Parser) -> Vec<Expr> {
    if !p.expect(TokenKind::OpenParen) {
        return Vec::new();
    }
    let tables = p.comma_list(List::SOME, table, Parser::missing_expression);
    p.expect_close(TokenKind::CloseParen);
    tables
}

/// `table`, `table | as name`, or a query in parentheses.
fn table(p: &mut Parser) -> Option<Expr> {
    let start = p.start();
    if p.at(TokenKind::OpenParen) {
        return Some(p.parenthesized());
    }
    let source = p.entity()?;
    if !p.at(TokenKind::Bar) {
        return Some(source);
    }
    let mut operators = Vec::new();
    p.piped(&mut operators);
    Some(Expr {
        kind: ExprKind::Pipe(Pipe { source: Some(Box::new(source)), operators }),
        span: p.since(start),
    })
}

impl Find {
    pub(crate) fn bind(&self, _: &mut Binder, _: Option<Rel>, op: &Operator) -> Rel {
        let source = op.parameter("withsource").or_else(|| op.parameter("with_source"));
        let name = match source.map(|p| &p.value.kind) {
            Some(ExprKind::Name { name, .. }) => name.clone(),
            _ => "source_".to_owned(),
        };
        let columns = vec![PlanColumn::new(name, Type::String, false)];
        refused(op, columns, "it is not translated yet; use `union withsource=…` and `where`")
    }
}

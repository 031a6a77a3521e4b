//! `top-nested`: The top values, within each the top values of the next level.

use crate::bind::Binder;
use crate::bind::RowScope;
use crate::bind::names::{UniqueNames, result_name};
use crate::bind::projection::find;
use crate::bind::table::refused;
use crate::operators::OperatorKind;
use crate::operators::sort;
use crate::plan::{PlanColumn, Rel};
use crate::syntax::ast::ExprKind;
use crate::syntax::ast::Operator;
use crate::syntax::ast::{Expr, Ordered};
use crate::syntax::parser::{List, Parser};
use crate::syntax::token::TokenKind;

/// The top values, within each the top values of the next level.
#[derive(Debug, Clone)]
pub struct TopNested {
    /// The levels, outermost first.
    pub levels: Vec<TopNestedLevel>,
}

/// One level: `top-nested 3 of column with others = "rest" by count() desc`
#[derive(Debug, Clone)]
pub struct TopNestedLevel {
    /// How many; all where it is missing.
    pub count: Option<Expr>,
    /// `of value`
    pub of: Expr,
    /// `with others = value`
    pub others: Option<Expr>,
    /// `by aggregate asc|desc`
    pub by: Ordered,
}

impl TopNested {
    /// `top-nested n of value by aggregate, top-nested …`
    pub(crate) fn parse(p: &mut Parser) -> OperatorKind {
        let mut first = true;
        let levels = p.comma_list(
            List::SOME,
            |p| {
                // The driver took the first keyword.
                if !std::mem::take(&mut first) && !p.eat(TokenKind::TopNested) {
                    return None;
                }
                Some(Self::level(p))
            },
            |p| {
                p.missing("A level `top-nested …`");
                TopNestedLevel {
                    count: None,
                    of: p.error_expression(),
                    others: None,
                    by: sort::required_key(p),
                }
            },
        );
        OperatorKind::TopNested(TopNested { levels })
    }

    /// `3 of column with others = "rest" by count() desc`
    fn level(p: &mut Parser) -> TopNestedLevel {
        let count = if p.at(TokenKind::Of) { None } else { p.named_expression() };
        p.expect(TokenKind::Of);
        let of = p.required_named_expression();
        let others = p.eat(TokenKind::With).then(|| {
            p.expect(TokenKind::Others);
            p.expect(TokenKind::Equal);
            p.required_unnamed_expression()
        });
        p.expect(TokenKind::By);
        let by = sort::required_key(p);
        TopNestedLevel { count, of, others, by }
    }
}

impl TopNested {
    pub(crate) fn bind(&self, binder: &mut Binder, input: Rel, op: &Operator) -> Rel {
        let scope = RowScope::of(&input);
        let mut names = UniqueNames::default();
        let mut columns = Vec::new();
        for level in &self.levels {
            if let Some(count) = &level.count {
                binder.count(count);
            }
            let of = binder.scalar_over(scope.clone(), &level.of);
            if let Some(others) = &level.others {
                binder.scalar(others);
            }
            let by = binder.with_aggregates(|b| b.scalar_over(scope.clone(), &level.by.value));
            let of_name = names.get_or_add(&result_name(&level.of, &find).unwrap_or_default(), None);
            let given = match &level.by.value.kind {
                ExprKind::Named { names, .. } => names.first().map(|n| n.text.clone()),
                _ => None,
            };
            let by_name = given.unwrap_or_else(|| format!("aggregated_{of_name}"));
            columns.push(PlanColumn::new(of_name, of.ty, true));
            columns.push(PlanColumn::new(names.get_or_add(&by_name, None), by.ty, true));
        }
        refused(op, columns, "it is not translated yet; write a `summarize` and a `top` for each level")
    }
}

//! `facet`: One table for each of the given columns.

use crate::bind::Binder;
use crate::bind::RowScope;
use crate::functions::{self, AGGREGATES};
use crate::operators::OperatorKind;
use crate::operators::def::{OperatorDef, Place, form};
use crate::plan::{Node, Order, PlanColumn, Rel};
use crate::syntax::ast::Expr;
use crate::syntax::ast::Operator;
use crate::syntax::parser::{List, Parser};
use crate::syntax::token::TokenKind;
use crate::types::Type;

/// The entry of `facet`.
pub(super) const FACET: OperatorDef = OperatorDef {
    kinds: &[TokenKind::Facet],
    doc: "One table of counts for each column.",
    page: "facet-operator",
    place: Place::Piped,
    parameters: None,
    form: Some(form(
        "facet by Column, … [with (Operators)]",
        "datatable(city: string)['x', 'x'] | facet by city",
        r#"["x", 2]"#,
    )),
    refused: None,
    parse: Facet::parse,
};

/// One table for each of the given columns.
#[derive(Debug, Clone)]
pub struct Facet {
    /// The columns.
    pub columns: Vec<Expr>,
    /// `with (…)`: what is done with each.
    pub with: Option<Box<Expr>>,
}

impl Facet {
    /// `facet by column, … with (operators)`
    pub(crate) fn parse(p: &mut Parser) -> OperatorKind {
        p.expect(TokenKind::By);
        let columns = p.comma_list(
            List::SOME.until(|p| p.at(TokenKind::With)),
            Parser::simple_path,
            Parser::missing_expression,
        );
        let with = p.eat(TokenKind::With).then(|| {
            let parens = p.eat(TokenKind::OpenParen);
            let query = p.sub_query();
            if parens {
                p.expect(TokenKind::CloseParen);
            }
            Box::new(query)
        });
        OperatorKind::Facet(Facet { columns, with })
    }
}

impl Facet {
    /// The result of `with`, then the counts of the values of each column.
    pub(crate) fn bind(&self, binder: &mut Binder, input: Rel, op: &Operator) -> Rel {
        let span = op.keyword;
        let input = binder.share("input", input);
        let mut results = Vec::new();
        if let Some(with) = &self.with {
            results.push(binder.sub_query(input.clone(), with));
        }
        for column in &self.columns {
            let key = binder.scalar_over(RowScope::of(&input), column);
            let (Some(name), Some(count)) = (key.as_column(), functions::find(AGGREGATES, "count")) else {
                continue;
            };
            let count = binder.aggregate_by_entry(count, vec![], vec![], span);
            let columns = vec![
                PlanColumn::new(name, key.ty, true),
                PlanColumn::new(format!("count_{name}"), Type::Long, false),
            ];
            let node = Node::Aggregate { input: input.clone(), keys: vec![key], aggregates: vec![count] };
            results.push(Rel::new(node, columns, Order::default()));
        }
        binder.several_results(results)
    }
}

//! `facet`: One table for each of the given columns.

use crate::bind::Binder;
use crate::bind::RowScope;
use crate::bind::table::refused;
use crate::operators::OperatorKind;
use crate::plan::Rel;
use crate::syntax::ast::Expr;
use crate::syntax::ast::Operator;
use crate::syntax::parser::{List, Parser};
use crate::syntax::token::TokenKind;

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
                p.expect_close(TokenKind::CloseParen);
            }
            Box::new(query)
        });
        OperatorKind::Facet(Facet { columns, with })
    }
}

impl Facet {
    pub(crate) fn bind(&self, binder: &mut Binder, input: Rel, op: &Operator) -> Rel {
        for column in &self.columns {
            binder.scalar_over(RowScope::of(&input), column);
        }
        if let Some(with) = &self.with {
            binder.sub_query(input, with);
        }
        refused(
            op,
            vec![],
            "it has a result for each column; write one query with `summarize count() by` for each",
        )
    }
}

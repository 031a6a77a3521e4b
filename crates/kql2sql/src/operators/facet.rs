//! `facet`: One table for each of the given columns.

use crate::operators::OperatorKind;
use crate::syntax::ast::Expr;
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

//! `partition`: Runs a sub-query for each value of a column.

use crate::bind::Binder;
use crate::bind::RowScope;
use crate::bind::table::refused;
use crate::diagnostics::messages;
use crate::operators::OperatorKind;
use crate::plan::Rel;
use crate::syntax::ast::Expr;
use crate::syntax::ast::Operator;
use crate::syntax::parser::Parser;
use crate::syntax::token::TokenKind;

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
            p.expect_close(TokenKind::CloseBrace);
        } else if p.expect(TokenKind::OpenParen) {
            body = p.sub_query();
            p.expect_close(TokenKind::CloseParen);
        }
        OperatorKind::Partition(Partition { by: Box::new(by), body: Box::new(body), braces })
    }
}

impl Partition {
    pub(crate) fn bind(&self, binder: &mut Binder, input: Rel, op: &Operator) -> Rel {
        binder.scalar_over(RowScope::of(&input), &self.by);
        let rel = if self.braces { binder.table(&self.body) } else { binder.sub_query(input, &self.body) };
        let columns = rel.visible().cloned().collect();
        refused(op, columns, "it is not translated yet; `summarize … by` or window functions may do")
    }
}

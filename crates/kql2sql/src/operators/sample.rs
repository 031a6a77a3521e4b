//! `sample`: A number of rows at random.

use crate::operators::OperatorKind;
use crate::syntax::ast::Expr;
use crate::syntax::parser::Parser;

/// A number of rows at random.
#[derive(Debug, Clone)]
pub struct Sample {
    /// How many.
    pub count: Box<Expr>,
}

impl Sample {
    /// `sample n`
    pub(crate) fn parse(p: &mut Parser) -> OperatorKind {
        let count = Box::new(p.required_named_expression());
        OperatorKind::Sample(Sample { count })
    }
}

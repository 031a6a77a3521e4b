//! `scan`: Matches sequences of steps over ordered rows.

use crate::bind::Binder;
use crate::bind::table::refused;
use crate::operators::OperatorKind;
use crate::operators::sort;
use crate::plan::{PlanColumn, Rel};
use crate::syntax::ast::Operator;
use crate::syntax::ast::{Expr, Name, Ordered, Parameter};
use crate::syntax::ast::{ExprKind, ParameterType};
use crate::syntax::names::NameUse;
use crate::syntax::parser::{List, Parser};
use crate::syntax::token::TokenKind;
use crate::types::Type;

/// Matches sequences of steps over ordered rows.
#[derive(Debug, Clone)]
pub struct Scan {
    /// `declare (name:type = default, …)`
    pub declare: Vec<Parameter>,
    /// `order by …`
    pub order_by: Vec<Ordered>,
    /// `partition by …`
    pub partition_by: Vec<Expr>,
    /// The steps.
    pub steps: Vec<ScanStep>,
}

/// `step name [optional] [output=all|last|none]: condition => column = value, …;`
#[derive(Debug, Clone)]
pub struct ScanStep {
    /// Its name.
    pub name: Name,
    /// `optional`
    pub optional: bool,
    /// `output=…`
    pub output: Option<Name>,
    /// When the step matches.
    pub condition: Expr,
    /// What is assigned then.
    pub assignments: Vec<(Name, Expr)>,
}

impl Scan {
    /// `scan declare (…) with (step name: condition => column = value; …)`
    pub(crate) fn parse(p: &mut Parser) -> OperatorKind {
        let end = |p: &Parser| {
            p.at_any(&[
                TokenKind::Partition,
                TokenKind::Order,
                TokenKind::By,
                TokenKind::Declare,
                TokenKind::With,
            ])
        };
        let mut order_by = Vec::new();
        if p.eat(TokenKind::Order) {
            p.expect(TokenKind::By);
            order_by = sort::keys(p, List::SOME.until(end));
        }
        let mut partition_by = Vec::new();
        if p.eat(TokenKind::Partition) {
            p.expect(TokenKind::By);
            partition_by =
                p.comma_list(List::SOME.until(end), Parser::unnamed_expression, Parser::missing_expression);
        }
        let mut declare = Vec::new();
        if p.eat(TokenKind::Declare) && p.expect(TokenKind::OpenParen) {
            declare = p.comma_list(List::ANY, Parser::parameter, Parser::missing_parameter);
            p.expect_close(TokenKind::CloseParen);
        }
        p.expect(TokenKind::With);
        let mut steps = Vec::new();
        if p.expect(TokenKind::OpenParen) {
            while p.at(TokenKind::Step) {
                steps.push(Self::step(p));
            }
            p.expect_close(TokenKind::CloseParen);
        }
        OperatorKind::Scan(Scan { declare, order_by, partition_by, steps })
    }

    /// `step name optional output=all: condition => column = value, …;`
    fn step(p: &mut Parser) -> ScanStep {
        p.bump();
        let name = p.required_name(NameUse::Declared);
        let optional = p.eat(TokenKind::Optional);
        let output = if p.eat(TokenKind::Output) {
            p.expect(TokenKind::Equal);
            p.expect_word(&["all", "last", "none"])
        } else {
            None
        };
        p.expect(TokenKind::Colon);
        let condition = p.required_unnamed_expression();
        let mut assignments = Vec::new();
        if p.eat(TokenKind::FatArrow) {
            assignments = p.comma_list(
                List::SOME,
                |p| {
                    let name = p.name(NameUse::Declared)?;
                    p.expect(TokenKind::Equal);
                    Some((name, p.required_unnamed_expression()))
                },
                |p| (p.missing_name(), p.error_expression()),
            );
        }
        p.expect(TokenKind::Semicolon);
        ScanStep { name, optional, output, condition, assignments }
    }
}

impl Scan {
    pub(crate) fn bind(&self, binder: &mut Binder, input: Rel, op: &Operator) -> Rel {
        let mut columns: Vec<PlanColumn> = input.visible().cloned().collect();
        for parameter in &self.declare {
            let ty = match &parameter.ty {
                ParameterType::Scalar(ty) => binder.type_named(ty),
                ParameterType::Table(_) => Type::Unknown,
            };
            columns.push(PlanColumn::new(parameter.name.text.clone(), ty, true));
        }
        let name = match op.parameter("with_match_id").map(|p| &p.value.kind) {
            Some(ExprKind::Name { name, .. }) => name.clone(),
            _ => "match_id".to_owned(),
        };
        columns.push(PlanColumn::new(name, Type::Long, false));
        refused(
            op,
            columns,
            "matching sequences of rows is not translated yet; `prev()`, `next()` and joins may do",
        )
    }
}

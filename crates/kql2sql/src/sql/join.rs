//! Joins and unions: several relations in one SELECT.

use std::collections::HashMap;

use foldhash::fast::RandomState;
use sqlparser::ast::{self, SetExpr};

use super::build::{alias, binary, boolean, null, qualified, query, select, table};
use super::expr::{Columns, Lowering};
use super::item::Item;
use super::rel::{Block, Stage};
use super::unique::is_unique;
use crate::plan::{Join, JoinKind, PlanColumn, Side, Union};
use crate::types::Type;

impl Lowering<'_> {
    pub(super) fn join(&mut self, join: &Join, columns: &[PlanColumn]) -> Block {
        use JoinKind as K;
        let left = self.rel(&join.left);
        let mut left = self.closed(left, None);
        if join.kind == K::InnerUnique && !is_unique(self.plan, &join.left, &join.on) {
            let keys: Vec<ast::Expr> = join.on.iter().map(|(l, _)| self.value(l, &left)).collect();
            left.select.distinct = Some(ast::Distinct::On(keys));
            left.source = None;
            left = self.close(left, None);
        }
        let right = self.rel(&join.right);
        let right = self.closed(right, None);
        let (left_name, right_name) =
            (left.source.clone().unwrap_or_default(), right.source.clone().unwrap_or_default());
        let right_alias = if left_name == right_name { "right_side".to_owned() } else { right_name.clone() };
        let left = Qualified { block: left, alias: left_name.clone() };
        let right = Qualified { block: right, alias: right_alias.clone() };
        let on = join
            .on
            .iter()
            .map(|(l, r)| {
                let (a, b) = (self.value(l, &left), self.value(r, &right));
                // Null keys are equal to each other; a string has none.
                if l.ty == Type::String {
                    binary(a, ast::BinaryOperator::Eq, b)
                } else {
                    ast::Expr::IsNotDistinctFrom(Box::new(a), Box::new(b))
                }
            })
            .reduce(|a, b| binary(a, ast::BinaryOperator::And, b));
        let constraint = ast::JoinConstraint::On(on.unwrap_or_else(|| boolean(true)));
        let operator = match join.kind {
            K::Inner | K::InnerUnique => ast::JoinOperator::Join(constraint),
            K::LeftOuter => ast::JoinOperator::Left(constraint),
            K::RightOuter => ast::JoinOperator::Right(constraint),
            K::FullOuter => ast::JoinOperator::FullOuter(constraint),
            K::LeftSemi => ast::JoinOperator::LeftSemi(constraint),
            K::RightSemi => ast::JoinOperator::RightSemi(constraint),
            K::LeftAnti => ast::JoinOperator::LeftAnti(constraint),
            K::RightAnti => ast::JoinOperator::RightAnti(constraint),
            K::Cross => ast::JoinOperator::CrossJoin(ast::JoinConstraint::None),
        };
        let mut relation = table(&right_name);
        if right_alias != right_name
            && let ast::TableFactor::Table { alias: a, .. } = &mut relation
        {
            *a = Some(alias(&right_alias, true));
        }
        let tables = vec![ast::TableWithJoins {
            relation: table(&left_name),
            joins: vec![ast::Join { relation, global: false, join_operator: operator }],
        }];
        let items = join
            .output
            .iter()
            .zip(columns)
            .map(|((side, name), c)| {
                let from = if *side == Side::Left { &left_name } else { &right_alias };
                Item::new(c.name.clone(), qualified(from, name), c.nullable)
            })
            .collect();
        Block::new(select(vec![], tables), items)
    }

    pub(super) fn union(&mut self, union: &Union, columns: &[PlanColumn]) -> Block {
        let names: Vec<&str> = columns.iter().map(|c| c.name.as_str()).collect();
        let mut bodies: Vec<SetExpr> = Vec::new();
        for (table, input) in &union.inputs {
            let mut block = self.rel(input);
            if block.limit.is_some() || block.stage == Stage::Full || block.is_total() {
                block = self.close(block, None);
            }
            let present: HashMap<&str, Type, RandomState> =
                input.visible().map(|c| (c.name.as_str(), c.ty)).collect();
            block.items = union
                .sources
                .iter()
                .zip(columns)
                .map(|(source, c)| {
                    let mut item = match source {
                        None => Item::new(c.name.clone(), super::build::string(table.clone()), true),
                        Some(source) => Some(source)
                            .filter(|s| present.get(s.as_str()) == Some(&c.ty))
                            .and_then(|s| block.item(s))
                            .map_or_else(
                                || Item::new(c.name.clone(), null(c.ty), true),
                                |item| item.renamed(c.name.clone()),
                            ),
                    };
                    item.nullable = true;
                    item
                })
                .collect();
            bodies.push(*block.into_query(&names).body);
        }
        let Some(body) = union_all(bodies) else {
            return self.values(&[], columns);
        };
        let name = self.names.take(None);
        self.push_cte(&name, query(body));
        Block::scan(&name, columns.iter().map(|c| (c.name.clone(), true)))
    }
}

/// A block whose columns are written with the name of its table.
struct Qualified {
    block: Block,
    alias: String,
}

impl Columns for Qualified {
    fn column(&self, name: &str) -> Option<(ast::Expr, bool)> {
        self.block.item(name).map(|item| (qualified(&self.alias, name), item.nullable))
    }

    fn is_nullable(&self, name: &str) -> bool {
        self.block.is_nullable(name)
    }
}

/// `a UNION ALL b UNION ALL …`, balanced so that many tables do not nest deeply.
fn union_all(mut bodies: Vec<SetExpr>) -> Option<SetExpr> {
    match bodies.len() {
        0 => None,
        1 => bodies.pop(),
        n if n <= 8 => bodies.into_iter().reduce(|left, right| SetExpr::SetOperation {
            op: ast::SetOperator::Union,
            set_quantifier: ast::SetQuantifier::All,
            left: Box::new(left),
            right: Box::new(right),
        }),
        n => {
            let right = bodies.split_off(n / 2);
            let parenthesized = |body: SetExpr| SetExpr::Query(Box::new(query(body)));
            let (left, right) = (union_all(bodies)?, union_all(right)?);
            Some(SetExpr::SetOperation {
                op: ast::SetOperator::Union,
                set_quantifier: ast::SetQuantifier::All,
                left: Box::new(parenthesized(left)),
                right: Box::new(parenthesized(right)),
            })
        }
    }
}

//! Groups and their aggregates.

use sqlparser::ast;

use super::build::{binary, call, integer};
use super::expr::Lowering;
use super::item::Item;
use super::rel::{Block, Stage};
use crate::plan::{Expr, ExprKind, PlanColumn, Rel};

/// So many members of a chosen row may each be written with the whole call.
const NARROW: usize = 8;

impl Lowering<'_> {
    pub(super) fn aggregate_node(
        &mut self,
        input: &Rel,
        keys: &[Expr],
        aggregates: &[Expr],
        columns: &[PlanColumn],
    ) -> Block {
        let mut block = self.rel(input);
        if block.stage > Stage::Rows || !block.can_take(keys.iter().chain(aggregates)) {
            block = self.close(block, None);
        }
        self.rows.clear();
        for aggregate in aggregates {
            self.note_rows(aggregate, &block);
        }
        let mut items = Vec::new();
        let mut group_by = Vec::new();
        for (key, c) in keys.iter().zip(columns) {
            let sql = self.value(key, &block);
            // A constant key would be taken for the position of a column, and so would a column that is one below.
            if !key.is_constant() && !matches!(sql, ast::Expr::Value(_)) {
                group_by.push(sql.clone());
            }
            items.push(Item::new(c.name.clone(), sql, false));
        }
        let structs = self.row_structs_of(aggregates, columns);
        let result = |(aggregate, c): (&Expr, &PlanColumn)| {
            Item::new(c.name.clone(), self.raw(aggregate, &block), true)
        };
        let mut results: Vec<Item> = aggregates.iter().zip(&columns[keys.len()..]).map(result).collect();
        // What stands behind the groups: the members of the structs, where there are any.
        let mut behind: Vec<Item> = Vec::new();
        if structs.is_empty() {
            items.append(&mut results);
        } else {
            behind = items.iter().chain(&results).cloned().collect();
            let member = aggregates.iter().map(|a| a.any(&|e| self.in_struct(e)));
            let computed = member.zip(results).filter(|(member, _)| !member).map(|(_, item)| item);
            let structs = structs.into_iter();
            items.extend(structs.map(|(name, sql)| Item::new(name.into(), sql, true)));
            items.extend(computed);
        }
        if group_by.is_empty() && aggregates.is_empty() && !keys.is_empty() {
            // Distinct constants: one row where there is any.
            block.select.distinct = Some(ast::Distinct::Distinct);
        } else if group_by.is_empty() && !keys.is_empty() {
            // Groups by a constant: none where there are no rows.
            block.select.having =
                Some(binary(call("COUNT", [integer(1)]), ast::BinaryOperator::Gt, integer(0)));
        }
        block.select.group_by = ast::GroupByExpr::Expressions(group_by, vec![]);
        block.items = items;
        block.stage = Stage::Group;
        block.source = None;
        if behind.is_empty() {
            return block;
        }
        let mut block = self.close(block, None);
        for item in &mut behind {
            if let Some(column) = block.item(&item.name) {
                *item = column.clone();
            }
        }
        self.row_structs.clear();
        block.items = behind;
        block.source = None;
        block
    }

    /// The rows that `arg_max` and its like choose, each computed once as a struct and named: written out for each of its
    /// members, the SQL of a wide row would grow with the square of its width. None where they are narrow.
    fn row_structs_of(&mut self, aggregates: &[Expr], columns: &[PlanColumn]) -> Vec<(String, ast::Expr)> {
        let mut structs = Vec::new();
        for aggregate in aggregates {
            let ExprKind::Aggregate { function, overload, row_of: Some(call), .. } = &aggregate.kind else {
                continue;
            };
            let wide = self.rows.get(call).is_some_and(|row| row.len() > NARROW);
            if !wide || self.row_structs.contains_key(call) {
                continue;
            }
            let mut name = format!("row_{}", structs.len() + 1);
            while columns.iter().any(|c| c.name == name) {
                name.push('_');
            }
            let sql = self.row_struct(function, *overload, *call, aggregate);
            self.row_structs.insert(*call, name.clone());
            structs.push((name, sql));
        }
        if !structs.is_empty() && aggregates.iter().any(|a| self.is_mixed(a)) {
            self.row_structs.clear();
            structs.clear();
        }
        structs
    }

    /// Whether the expression is a member of a row that stands in a column of structs.
    fn in_struct(&self, e: &Expr) -> bool {
        matches!(&e.kind, ExprKind::Aggregate { row_of: Some(call), .. } if self.row_structs.contains_key(call))
    }

    /// Whether the expression needs such a member and something else of the group, too.
    fn is_mixed(&self, e: &Expr) -> bool {
        let other = |e: &Expr| {
            matches!(e.kind, ExprKind::Aggregate { .. } | ExprKind::Column(..)) && !self.in_struct(e)
        };
        !self.in_struct(e) && e.any(&|e| self.in_struct(e)) && e.any(&other)
    }
}

//! Relations that make rows: tables written out in the query, ranges, and the elements of arrays.

use sqlparser::ast::{self, SetExpr};

use super::build::{alias, binary, boolean, call, column, from, ident, integer, null, query, select, string};
use super::expr::{Columns, Lowering};
use super::item::Item;
use super::rel::{Block, Stage};
use crate::plan::{Expand, ExpandOutput, Expr, PlanColumn};
use crate::syntax::ast::Literal;
use crate::types::Type;

impl Lowering<'_> {
    pub(super) fn values(&mut self, rows: &[Vec<Expr>], columns: &[PlanColumn]) -> Block {
        if columns.is_empty() {
            let mut block = Block::new(select(vec![], vec![]), vec![]);
            if rows.is_empty() {
                block.select.selection = Some(boolean(false));
            }
            return block;
        }
        if rows.is_empty() {
            let items = columns.iter().map(|c| Item::new(c.name.clone(), null(c.ty), true)).collect();
            let mut block = Block::new(select(vec![], vec![]), items);
            block.select.selection = Some(boolean(false));
            return self.close(block, None);
        }
        let nothing = Block::new(select(vec![], vec![]), vec![]);
        let rows = rows
            .iter()
            .map(|row| {
                let cells = row
                    .iter()
                    .zip(columns)
                    .map(|(v, c)| {
                        let sql = self.value(v, &nothing);
                        // The engine takes the type of a column from its literals.
                        match (v.as_literal(), c.ty) {
                            (Some(Literal::Null(_)), _) => sql,
                            (Some(Literal::Real(_)), _) => super::build::cast(sql, Type::Real),
                            _ => sql,
                        }
                    })
                    .collect();
                ast::Parens {
                    opening_token: ast::helpers::attached_token::AttachedToken::empty(),
                    content: cells,
                    closing_token: ast::helpers::attached_token::AttachedToken::empty(),
                }
            })
            .collect();
        let values = SetExpr::Values(ast::Values { explicit_row: false, value_keyword: false, rows });
        let name = self.names.take(None);
        let mut table_alias = alias(&name, true);
        table_alias.columns = columns
            .iter()
            .map(|c| ast::TableAliasColumnDef { name: ident(&c.name), data_type: None })
            .collect();
        let relation = ast::TableFactor::Derived {
            lateral: false,
            subquery: Box::new(query(values)),
            alias: Some(table_alias),
            sample: None,
        };
        let items = columns.iter().map(|c| Item::column(c.name.clone(), c.nullable)).collect();
        Block::new(select(vec![], from(relation)), items)
    }

    /// A column of equal steps: a series of integers, turned into the column's type.
    pub(super) fn range(&mut self, start: &Expr, end: &Expr, step: &Expr, c: &PlanColumn) -> Block {
        let nothing = Block::new(select(vec![], vec![]), vec![]);
        let (a, b, s) = (self.value(start, &nothing), self.value(end, &nothing), self.value(step, &nothing));
        let value = column("value");
        let sql = match c.ty {
            Type::DateTime => call("kql_datetime_add_ticks", [a.clone(), value]),
            Type::Real => {
                let offset =
                    binary(super::build::cast(value, Type::Real), ast::BinaryOperator::Multiply, s.clone());
                binary(a.clone(), ast::BinaryOperator::Plus, offset)
            }
            Type::Int => super::build::cast(value, Type::Int),
            _ => value,
        };
        let item = Item::new(c.name.clone(), sql, false);
        if let Some((first, last, step)) = literal_series(start, end, step) {
            let args = vec![integer(first), integer(last), integer(step)];
            let series = super::build::table_function("generate_series", args);
            return Block::new(select(vec![], from(series)), vec![item]);
        }
        let (first, last, step) = match c.ty {
            Type::DateTime => (integer(0), call("kql_datetime_subtract", [b, a]), s),
            Type::Real => {
                let length = super::build::nested(binary(b, ast::BinaryOperator::Minus, a));
                let steps = call("FLOOR", [binary(length, ast::BinaryOperator::Divide, s)]);
                (integer(0), super::build::cast(steps, Type::Long), integer(1))
            }
            Type::Int => {
                let wide = |e| super::build::cast(e, Type::Long);
                (wide(a), wide(b), wide(s))
            }
            _ => (a, b, s),
        };
        // The engine's table takes constants only; a list of all values takes anything.
        let list = call("unnest", [call("generate_series", [first, last, step])]);
        let block = Block::new(select(vec![], vec![]), vec![Item::new("value".into(), list, false)]);
        let mut block = self.close(block, None);
        block.items = vec![item];
        block.source = None;
        block
    }

    pub(super) fn expand(&mut self, expand: &Expand, columns: &[PlanColumn]) -> Block {
        let mut block = self.rel(&expand.input);
        let plain = expand.output.iter().all(|output| match output {
            // The engine would confuse a computed column with the input's of the same name.
            ExpandOutput::Column(name) => block.item(name).is_none_or(Item::is_unchanged),
            _ => true,
        });
        if block.stage > Stage::Rows || !plain || !block.can_take(&expand.arrays) {
            block = self.close(block, None);
        }
        let name = if expand.bag_as_array { "kql_mv_elements_array" } else { "kql_mv_elements" };
        let mut lists = Vec::new();
        for array in &expand.arrays {
            let value = self.raw(array, &block);
            let mut list = call(name, [value]);
            if let Some(limit) = &expand.limit {
                let limit = self.value(limit, &block);
                list = call("array_slice", [list, integer(1), limit]);
            }
            lists.push(list);
        }
        let items = expand
            .output
            .iter()
            .zip(columns)
            .map(|(output, c)| {
                let (sql, nullable) = match output {
                    ExpandOutput::Column(name) => block.column(name).unwrap_or((null(c.ty), true)),
                    ExpandOutput::Element(i) => (call("unnest", [lists[*i].clone()]), true),
                    ExpandOutput::Index => {
                        // The longest list has an index for each of its elements.
                        let lengths: Vec<_> = lists
                            .iter()
                            .map(|l| super::build::cast(call("array_length", [l.clone()]), Type::Long))
                            .collect();
                        let longest = if lengths.len() == 1 {
                            lengths.into_iter().next().unwrap_or_else(|| integer(0))
                        } else {
                            call("greatest", lengths)
                        };
                        let last = binary(longest, ast::BinaryOperator::Minus, integer(1));
                        let indexes = call("generate_series", [integer(0), last]);
                        (call("unnest", [indexes]), false)
                    }
                };
                Item::new(c.name.clone(), sql, nullable)
            })
            .collect();
        block.items = items;
        block.source = None;
        block.stage = Stage::Full;
        let mut block = self.close(block, None);
        // Elements asked for as another type are converted behind the expansion.
        for (output, c) in expand.output.iter().zip(columns) {
            if matches!(output, ExpandOutput::Element(_)) && c.ty != Type::Dynamic && c.ty != Type::Unknown {
                let sql = conforming(column(&c.name), c.ty);
                let arg = crate::functions::Arg { sql, ty: Type::Dynamic, literal: None };
                if let Some(sql) = crate::functions::conversion::convert_sql(arg, c.ty) {
                    if let Some(item) = block.items.iter_mut().find(|i| i.name == c.name) {
                        *item = Item::new(c.name.clone(), sql, item.nullable);
                    }
                    block.source = None;
                }
            }
        }
        block
    }
}

/// The element of an array, null if it is a text where a number or a bool was asked for: `to typeof(…)` parses nothing.
/// What has no JSON of its own stands as a text, NaN among others, and is no text of Kusto's.
fn conforming(element: ast::Expr, ty: Type) -> ast::Expr {
    let is_text = call("starts_with", [element.clone(), string("\"")]);
    let parsed = match ty {
        Type::Bool | Type::Int | Type::Long => is_text,
        Type::Real => {
            let special = ["\"NaN\"", "\"Infinity\"", "\"-Infinity\""].map(string).to_vec();
            let list = ast::Expr::InList { expr: Box::new(element.clone()), list: special, negated: true };
            binary(is_text, ast::BinaryOperator::And, list)
        }
        _ => return element,
    };
    super::build::case(vec![(parsed, null(Type::Dynamic))], element)
}

/// The series of integers, its end included, that a range of literals counts through: its own values, or the distances
/// from its start.
fn literal_series(start: &Expr, end: &Expr, step: &Expr) -> Option<(i64, i64, i64)> {
    Some(match (start.as_literal()?, end.as_literal()?, step.as_literal()?) {
        (Literal::Int(a), Literal::Int(b), Literal::Int(s)) => ((*a).into(), (*b).into(), (*s).into()),
        (Literal::Long(a), Literal::Long(b), Literal::Long(s))
        | (Literal::Timespan(a), Literal::Timespan(b), Literal::Timespan(s)) => (*a, *b, *s),
        (Literal::DateTime(a), Literal::DateTime(b), Literal::Timespan(s)) => (0, b - a, *s),
        // More steps than a `long` counts are as many as it can; without an end that can be told there is none.
        (Literal::Real(a), Literal::Real(b), Literal::Real(s)) => {
            let steps = ((b - a) / s).floor();
            if steps.is_nan() { (0, -1, 1) } else { (0, steps as i64, 1) }
        }
        _ => return None,
    })
}

//! `in`: whether a value is in a list or in a table.

use sqlparser::ast;

use super::build::{boolean, call, nested, not, string};
use super::expr::{Columns, Lowering};
use crate::plan::{Expr, Rel};
use crate::syntax::ast::Literal;
use crate::types::Type;

impl Lowering<'_> {
    pub(super) fn in_list(
        &mut self,
        value: &Expr,
        list: &[Expr],
        ignore_case: bool,
        negated: bool,
        columns: &dyn Columns,
    ) -> ast::Expr {
        if ignore_case && value.ty == Type::String {
            let value_sql = self.raw(value, columns);
            let texts: Option<Vec<String>> = list
                .iter()
                .map(|l| match l.as_literal() {
                    Some(Literal::String(s)) => Some(crate::json::quoted(s)),
                    _ => None,
                })
                .collect();
            let array = match texts {
                Some(texts) => string(format!("[{}]", texts.join(","))),
                None => self.array(list, columns),
            };
            let test = call("kql_in_ci", [value_sql, array]);
            return if negated { not(test) } else { test };
        }
        let expr = Box::new(nested(self.value(value, columns)));
        let list = list.iter().map(|l| self.value(l, columns)).collect();
        let test = ast::Expr::InList { expr, list, negated };
        if value.ty == Type::String {
            return test;
        }
        // A null is in no list.
        call("COALESCE", [test, boolean(negated)])
    }

    pub(super) fn in_table(
        &mut self,
        value: &Expr,
        table: &Rel,
        ignore_case: bool,
        negated: bool,
        columns: &dyn Columns,
    ) -> ast::Expr {
        if ignore_case && value.ty == Type::String {
            let value_sql = self.raw(value, columns);
            let array = self.array_subquery(table);
            let test = call("kql_in_ci", [value_sql, ast::Expr::Subquery(Box::new(array))]);
            return if negated { not(test) } else { test };
        }
        if !self.filtering {
            let arg = self.arg(value, columns);
            let value_sql = crate::functions::to_dynamic::to_dynamic_sql(&arg);
            let array = self.array_subquery(table);
            let test = call("kql_dynamic_in", [value_sql, ast::Expr::Subquery(Box::new(array))]);
            return if negated { not(test) } else { test };
        }
        let expr = Box::new(nested(self.value(value, columns)));
        let subquery = Box::new(self.subquery(table));
        if value.ty == Type::String || !negated {
            return ast::Expr::InSubquery { expr, subquery, negated };
        }
        // A null is in no table, and a null in the table says nothing about other values.
        let test = ast::Expr::InSubquery { expr, subquery, negated: false };
        not(call("COALESCE", [test, boolean(false)]))
    }
}

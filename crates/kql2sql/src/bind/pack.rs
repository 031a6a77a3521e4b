//! Functions that pack the columns of the current rows: which there are, only the binder knows.

use super::projection::find;
use super::{Binder, names};
use crate::diagnostics::binding as messages;
use crate::functions::{self, ArgForm, Param, ParamKind, SCALARS, param};
use crate::plan::{Expr, ExprKind};
use crate::span::Span;
use crate::syntax::ast::{self, Literal};
use crate::types::Type;

impl Binder<'_> {
    /// `pack_all([ignore_null_empty])`: a bag of all columns, with `true` of those that are not empty.
    pub(super) fn pack_all(&mut self, name: &ast::Name, args: &[ast::Expr], span: Span) -> Expr {
        if args.len() > 1 {
            self.report(messages::argument_count(name.span, "pack_all", 1, 1, args.len()));
            return Expr { ty: Type::Dynamic, ..Expr::error(span) };
        }
        if let Some(arg) = args.first()
            && !matches!(arg.kind, ast::ExprKind::Literal(_))
        {
            if self.scalar(arg).ty != Type::Unknown {
                self.report(messages::literal_expected(arg.span));
            }
            return Expr { ty: Type::Dynamic, ..Expr::error(span) };
        }
        let ignore_null =
            args.first().is_some_and(|a| matches!(&a.kind, ast::ExprKind::Literal(Literal::Bool(true))));
        let mut pairs = Vec::new();
        for (name, column) in self.columns_here(span) {
            pairs.push(Expr::literal(Literal::String(name), span));
            pairs.push(column);
        }
        let bag = self.packed("bag_pack", pairs, "{}", span);
        if ignore_null {
            // The bag without its empty members is what pack_all(true) returns.
            let Some(function) = functions::find(SCALARS, "pack_all") else { return bag };
            return Expr {
                kind: ExprKind::Call { function, overload: 0, args: vec![bag] },
                ty: Type::Dynamic,
                span,
            };
        }
        bag
    }

    /// `pack_array(*)`: an array of all columns in their order.
    pub(super) fn pack_array_of_columns(&mut self, span: Span) -> Expr {
        let columns = self.columns_here(span).into_iter().map(|(_, column)| column).collect();
        self.packed("pack_array", columns, "[]", span)
    }

    /// `bag_pack_columns(column, …)`: a bag of some columns under their names.
    pub(super) fn bag_pack_columns(&mut self, args: &[ast::Expr], span: Span) -> Expr {
        const COLUMN: Param = param("column", ParamKind::Scalar).form(ArgForm::Column);
        let mut pairs = Vec::new();
        let mut wrong = false;
        for arg in args {
            let value = self.scalar(arg);
            wrong |= !self.check_form(&COLUMN, arg, &value);
            let key = names::result_name(arg, &find).unwrap_or_default();
            pairs.push(Expr::literal(Literal::String(key), arg.span));
            pairs.push(value);
        }
        if wrong {
            return Expr { ty: Type::Dynamic, ..Expr::error(span) };
        }
        self.call_by_name("bag_pack", pairs, span)
    }

    /// The visible columns of the current rows by their names.
    fn columns_here(&self, span: Span) -> Vec<(String, Expr)> {
        let columns = self.rows.last().into_iter().flat_map(|rows| rows.columns.iter());
        columns.filter(|c| !c.hidden).map(|c| (c.name.to_string(), c.reference(span))).collect()
    }

    fn packed(&mut self, function: &str, values: Vec<Expr>, empty: &str, span: Span) -> Expr {
        if values.is_empty() {
            return Expr::literal(Literal::Dynamic(empty.into()), span);
        }
        self.call_by_name(function, values, span)
    }
}

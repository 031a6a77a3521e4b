//! Expressions.

use sqlparser::ast;

use super::build::{
    binary, boolean, call, cast, field, function, integer, nested, null, or_empty, order_by, real, string,
    timestamp,
};
use super::template;
use crate::diagnostics::{Diagnostic, messages};
use crate::functions::conversion::convert_sql;
use crate::functions::{Arg, Call, Function, Lower, Refusal};
use crate::plan::{Expr, ExprKind, SortKey};
use crate::span::Span;
use crate::syntax::ast::Literal;
use crate::types::Type;

/// How a column of the input is written.
pub(super) trait Columns {
    /// The SQL of the column, and whether it may be NULL though it is a string.
    fn column(&self, name: &str) -> Option<(ast::Expr, bool)>;

    /// Whether the SQL of the column may be NULL though it is a string; that of an unknown one may.
    fn is_nullable(&self, name: &str) -> bool;
}

/// The state of lowering: what the SQL needs, and what cannot be said in SQL.
pub(super) struct Lowering<'a> {
    pub(super) diagnostics: Vec<Diagnostic>,
    /// Lowers a relation used as a sub-query.
    pub(super) plan: &'a crate::plan::Plan,
    pub(super) ctes: Vec<ast::Cte>,
    pub(super) names: super::rel::CteNames,
    /// The tables and columns of shared relations that have been written already.
    pub(super) written: std::collections::HashMap<usize, (String, Vec<super::item::Item>)>,
    pub(super) now: Option<i64>,
    /// Whether a WHERE is being written: the only place for `IN (SELECT …)`.
    pub(super) filtering: bool,
    /// What is wanted of the rows that `arg_max` and `arg_min` choose, by the number of the call.
    pub(super) rows: std::collections::HashMap<usize, Vec<Arg>>,
    /// What the runtime carries out.
    pub(super) operations: super::operation::Operations,
    /// The columns that hold such rows as structs, by the number of the call, where they were computed before.
    pub(super) row_structs: std::collections::HashMap<usize, String>,
}

impl Lowering<'_> {
    /// The expression as SQL. A string is never NULL.
    pub(super) fn value(&mut self, e: &Expr, columns: &dyn Columns) -> ast::Expr {
        let sql = self.raw(e, columns);
        if e.ty == Type::String && self.may_be_null(e, columns) { or_empty(sql) } else { sql }
    }

    /// The expression as SQL where NULL and "" are treated alike by what uses it: output columns and
    /// the arguments of runtime functions.
    pub(super) fn raw(&mut self, e: &Expr, columns: &dyn Columns) -> ast::Expr {
        match &e.kind {
            ExprKind::Error => null(e.ty),
            ExprKind::Column(name, _) => match columns.column(name) {
                Some((sql, _)) => sql,
                None => null(e.ty),
            },
            ExprKind::Literal(l) => self.literal(l),
            ExprKind::Call { function, overload, args } => self.call(function, *overload, args, e, columns),
            ExprKind::Cast(inner) => {
                let arg = self.arg(inner, columns);
                match convert_sql(arg, e.ty) {
                    Some(sql) => sql,
                    None => self.refuse(
                        e.span,
                        &format!("a conversion from {} to {}", inner.ty, e.ty),
                        "convert it explicitly",
                    ),
                }
            }
            ExprKind::Path { base, path } => {
                let base_sql = self.raw(base, columns);
                let path_sql = self.path(path, columns);
                call("kql_dynamic_get", [base_sql, path_sql])
            }
            ExprKind::Fields { base, paths } => {
                let mut args = vec![self.raw(base, columns)];
                args.extend(paths.iter().map(|p| string(p.clone())));
                call("kql_dynamic_fields", args)
            }
            ExprKind::Field { base, index } => {
                let base = self.raw(base, columns);
                // `kql_field` is for the texts of a document; whether a pattern matched is a bool.
                if e.ty == Type::Bool {
                    return field(base, &format!("f{index}"));
                }
                call("kql_field", [base, integer(*index as i64)])
            }
            ExprKind::Part { base, index } => {
                let base = self.raw(base, columns);
                call(super::udfs::part(e.ty), vec![base, integer(*index as i64)])
            }
            ExprKind::Parsed { base, function, pattern, columns: of } => {
                let mut args = vec![self.raw(base, columns), string(pattern.clone())];
                args.extend(of.iter().map(|c| string(c.clone())));
                call(function, args)
            }
            ExprKind::In { value, list, ignore_case, negated } => {
                self.in_list(value, list, *ignore_case, *negated, columns)
            }
            ExprKind::InTable { value, table, ignore_case, negated } => {
                self.in_table(value, table, *ignore_case, *negated, columns)
            }
            ExprKind::Subquery(rel) => {
                let query = self.scalar_subquery(rel);
                ast::Expr::Subquery(Box::new(query))
            }
            ExprKind::SubqueryArray(rel) => {
                let query = self.array_subquery(rel);
                ast::Expr::Subquery(Box::new(query))
            }
            ExprKind::Aggregate { function, overload, args, row_of: Some(call), .. } => {
                self.row_column(function, *overload, args, *call, e, columns)
            }
            ExprKind::Aggregate { function, overload, args, order, row_of: None } => {
                self.aggregate(function, *overload, args, order, e, columns)
            }
            ExprKind::Window { function, overload, args, partition, order } => {
                super::window::window(self, function, *overload, args, partition, order, e, columns)
            }
        }
    }

    /// A predicate: NULL counts as false, so that a string column need not be guarded in `= 'text'`.
    pub(super) fn predicate(&mut self, e: &Expr, columns: &dyn Columns) -> ast::Expr {
        match &e.kind {
            ExprKind::Call { function, args, .. } if function.name == "and" && args.iter().all(is_bool) => {
                let terms: Vec<_> =
                    flatten("and", e).into_iter().map(|t| self.predicate(t, columns)).collect();
                join_terms(terms, ast::BinaryOperator::And)
            }
            ExprKind::Call { function, args, .. } if function.name == "or" && args.iter().all(is_bool) => {
                let terms: Vec<_> =
                    flatten("or", e).into_iter().map(|t| self.predicate(t, columns)).collect();
                join_terms(terms, ast::BinaryOperator::Or)
            }
            ExprKind::Call { function, args, .. }
                if function.name == "==" && args.iter().any(is_text_literal) && all_strings(args) =>
            {
                let left = self.raw(&args[0], columns);
                let right = self.raw(&args[1], columns);
                binary(left, ast::BinaryOperator::Eq, right)
            }
            ExprKind::Call { function, args, .. } if function.name == "==" && plainly_comparable(args) => {
                let left = self.raw(&args[0], columns);
                let right = self.raw(&args[1], columns);
                binary(left, ast::BinaryOperator::Eq, right)
            }
            ExprKind::In { value, list, ignore_case: false, negated: false }
                if value.ty != Type::String || list.iter().all(is_text_literal) =>
            {
                let expr = Box::new(nested(self.raw(value, columns)));
                let list = list.iter().map(|l| self.raw(l, columns)).collect();
                ast::Expr::InList { expr, list, negated: false }
            }
            _ => self.raw(e, columns),
        }
    }

    /// Whether a string's SQL may be NULL.
    fn may_be_null(&self, e: &Expr, columns: &dyn Columns) -> bool {
        match &e.kind {
            ExprKind::Column(name, _) => columns.is_nullable(name),
            ExprKind::Literal(Literal::String(_)) | ExprKind::Call { .. } | ExprKind::Cast(_) => false,
            _ => true,
        }
    }

    /// A constant.
    fn literal(&mut self, literal: &Literal) -> ast::Expr {
        match literal {
            Literal::Bool(b) => boolean(*b),
            Literal::Int(n) => cast(integer(i64::from(*n)), Type::Int),
            Literal::Long(n) => integer(*n),
            Literal::Real(n) => real(*n),
            Literal::Decimal(n) => cast(string(n.clone()), Type::Decimal),
            Literal::String(s) => string(s.clone()),
            Literal::DateTime(ticks) => timestamp(*ticks),
            Literal::Timespan(ticks) => integer(*ticks),
            Literal::Guid(g) => string(g.clone()),
            Literal::Dynamic(json) => string(json.clone()),
            Literal::Null(Type::String) => string(""),
            Literal::Null(ty) => null(*ty),
        }
    }

    /// An argument with what is known of it.
    pub(super) fn arg(&mut self, e: &Expr, columns: &dyn Columns) -> Arg {
        Arg { sql: self.value(e, columns), ty: e.ty, literal: e.as_literal().cloned() }
    }

    fn call(
        &mut self,
        function: &'static Function,
        overload: usize,
        args: &[Expr],
        e: &Expr,
        columns: &dyn Columns,
    ) -> ast::Expr {
        // Chains of `and` and `or` are flattened: each level of nesting costs the engine.
        if matches!(function.name, "and" | "or") && args.iter().all(is_bool) {
            let terms: Vec<_> = flatten(function.name, e).into_iter().map(|t| self.raw(t, columns)).collect();
            let op = if function.name == "and" { ast::BinaryOperator::And } else { ast::BinaryOperator::Or };
            return join_terms(terms, op);
        }
        if let Some(literal) = self.now_call(function.name, args, columns) {
            return literal;
        }
        match function.overloads[overload].lower {
            Lower::Sql(text) => {
                let args: Vec<_> = args.iter().map(|a| self.value(a, columns)).collect();
                template::instantiate(text, args)
            }
            Lower::Udf(name) => call(name, args.iter().map(|a| self.raw(a, columns))),
            Lower::Build(build) => {
                let conditional = matches!(function.name, "iff" | "iif" | "case");
                let conditions = if conditional { args.len() / 2 * 2 } else { 0 };
                let args: Vec<_> = args
                    .iter()
                    .enumerate()
                    .map(|(i, a)| match i {
                        // WHEN takes NULL for false.
                        i if i < conditions && i % 2 == 0 => Arg {
                            sql: self.predicate(a, columns),
                            ty: a.ty,
                            literal: a.as_literal().cloned(),
                        },
                        _ => self.arg(a, columns),
                    })
                    .collect();
                match build(Call { args, ty: e.ty }) {
                    Ok(sql) => sql,
                    Err(Refusal(why)) => self.refuse(e.span, function.name, &why),
                }
            }
            Lower::Binder => self.refuse(e.span, function.name, "it cannot be used here"),
            Lower::Needs(why) | Lower::Unsupported(why) => self.refuse(e.span, function.name, why),
        }
    }

    /// `now()` and `ago(x)` under a fixed clock.
    fn now_call(&mut self, name: &str, args: &[Expr], columns: &dyn Columns) -> Option<ast::Expr> {
        match (name, args, self.now) {
            ("now", [], Some(now)) => Some(timestamp(now)),
            ("now" | "ago", [offset], Some(now)) => {
                let offset = self.value(offset, columns);
                let offset = if name == "ago" { super::build::unary_minus(offset) } else { offset };
                Some(call("kql_datetime_add_ticks", [timestamp(now), offset]))
            }
            _ => None,
        }
    }

    /// Reports that something cannot be said, and stands in for it.
    pub(super) fn refuse(&mut self, span: Span, name: &str, why: &str) -> ast::Expr {
        let found = messages::unsupported(span, name.trim_start_matches("unary "), why);
        // A call with several values is lowered for each of them.
        if !self.diagnostics.iter().any(|d| d.span == found.span && d.message == found.message) {
            self.diagnostics.push(found);
        }
        ast::Expr::Value(ast::Value::Null.into())
    }

    /// The steps of a member access as a JSON array.
    fn path(&mut self, path: &[Expr], columns: &dyn Columns) -> ast::Expr {
        if let Some(json) = literal_path(path) {
            return string(json);
        }
        self.array(path, columns)
    }

    /// A dynamic array of these values.
    pub(super) fn array(&mut self, values: &[Expr], columns: &dyn Columns) -> ast::Expr {
        let values = values.iter().map(|value| {
            let arg = self.arg(value, columns);
            crate::functions::to_dynamic::to_dynamic_sql(&arg)
        });
        call("kql_pack_array", values)
    }

    /// An aggregate call.
    pub(super) fn aggregate(
        &mut self,
        entry: &'static Function,
        overload: usize,
        args: &[Expr],
        order: &[SortKey],
        e: &Expr,
        columns: &dyn Columns,
    ) -> ast::Expr {
        let chooses_row = match entry.name {
            "arg_max" | "arg_min" | "argmax" | "argmin" => true,
            "take_any" | "any" => args.len() > 1,
            _ => false,
        };
        if chooses_row {
            return self.refuse(
                e.span,
                entry.name,
                "within an expression; take its columns from `summarize`",
            );
        }
        match entry.overloads[overload].lower {
            Lower::Sql(text) => {
                let args: Vec<_> = args.iter().map(|a| self.aggregate_arg(a, columns).sql).collect();
                let sql = template::instantiate(text, args);
                self.ordered(entry.name, sql, order, columns)
            }
            Lower::Udf(name) => {
                let sql = ast::Expr::Function(function(name, args.iter().map(|a| self.value(a, columns))));
                self.ordered(entry.name, sql, order, columns)
            }
            Lower::Build(build) => {
                let args: Vec<_> = args.iter().map(|a| self.aggregate_arg(a, columns)).collect();
                match build(Call { args, ty: e.ty }) {
                    Ok(sql) => self.ordered(entry.name, sql, order, columns),
                    Err(Refusal(why)) => self.refuse(e.span, entry.name, &why),
                }
            }
            Lower::Binder => self.refuse(e.span, entry.name, "it cannot be used here"),
            Lower::Needs(why) | Lower::Unsupported(why) => self.refuse(e.span, entry.name, why),
        }
    }

    /// An argument of an aggregate. A predicate goes into FILTER, where NULL is as good as false.
    fn aggregate_arg(&mut self, e: &Expr, columns: &dyn Columns) -> Arg {
        if e.ty == Type::Bool && e.as_column().is_none() {
            return Arg { sql: self.predicate(e, columns), ty: e.ty, literal: e.as_literal().cloned() };
        }
        self.arg(e, columns)
    }

    /// Notes the columns that `arg_max` and `arg_min` return together, before any of them is written.
    pub(super) fn note_rows(&mut self, e: &Expr, columns: &dyn Columns) {
        if let ExprKind::Aggregate { args, row_of: Some(call), .. } = &e.kind {
            for arg in args {
                let arg = self.arg(arg, columns);
                let row = self.rows.entry(*call).or_default();
                if !row.iter().any(|a| a.sql == arg.sql) {
                    row.push(arg);
                }
            }
        }
        e.children().for_each(|child| self.note_rows(child, columns));
    }

    /// One column of the row that `arg_max` chooses, or one of several percentiles: a field of the struct of all that is wanted
    /// of it.
    fn row_column(
        &mut self,
        entry: &'static Function,
        overload: usize,
        args: &[Expr],
        number: usize,
        e: &Expr,
        columns: &dyn Columns,
    ) -> ast::Expr {
        let wanted = args.last().map(|a| self.arg(a, columns));
        let row = self.rows.get(&number).cloned().unwrap_or_default();
        let position = row.iter().position(|a| Some(&a.sql) == wanted.as_ref().map(|w| &w.sql));
        // What all percentiles share, the value and its weight, has no field.
        let shared = if entry.name.starts_with("percentiles") { args.len() - 1 } else { 0 };
        let name = format!("f{}", position.unwrap_or_default().saturating_sub(shared));
        if let Some(column) = self.row_structs.get(&number) {
            return field(super::build::column(column), &name);
        }
        let sql = self.row_struct(entry, overload, number, e);
        // Of a single value there is no struct, unless it is the key that chose the row.
        if row.len() == 1 && entry.name == "take_any" { sql } else { field(sql, &name) }
    }

    /// The struct of all that is wanted of the row that a call chooses.
    pub(super) fn row_struct(
        &mut self,
        entry: &'static Function,
        overload: usize,
        number: usize,
        e: &Expr,
    ) -> ast::Expr {
        let row = self.rows.get(&number).cloned().unwrap_or_default();
        let lowered = match entry.overloads[overload].lower {
            Lower::Build(build) => build(Call { args: row, ty: e.ty }),
            Lower::Udf(name) => Ok(call(name, row.into_iter().map(|a| a.sql))),
            Lower::Needs(why) | Lower::Unsupported(why) => Err(Refusal(why.into())),
            Lower::Sql(_) | Lower::Binder => Err(Refusal("it cannot be used here".into())),
        };
        match lowered {
            Ok(sql) => sql,
            Err(Refusal(why)) => self.refuse(e.span, entry.name, &why),
        }
    }

    /// Adds `ORDER BY` inside the call of an aggregate whose result shows the order of its rows.
    fn ordered(
        &mut self,
        name: &str,
        mut sql: ast::Expr,
        order: &[SortKey],
        columns: &dyn Columns,
    ) -> ast::Expr {
        if !order.is_empty() && shows_order(name) {
            let keys = self.sort_keys(order, columns);
            add_order(&mut sql, keys);
        }
        sql
    }

    /// Sort keys. NaN stands with the nulls, on their inner side, whatever the direction: a key of its own sees to that,
    /// as to the engine it is greater than every number.
    pub(super) fn sort_keys(&mut self, keys: &[SortKey], columns: &dyn Columns) -> Vec<ast::OrderByExpr> {
        let mut list = Vec::with_capacity(keys.len());
        for key in keys {
            let value = self.value(&key.value, columns);
            if may_be_nan(key) {
                let nan = call("isnan", [value.clone()]);
                list.push(order_by(nan, key.nulls_first, key.nulls_first));
            }
            list.push(order_by(value, key.descending, key.nulls_first));
        }
        list
    }
}

/// Whether a sort key may be NaN: it is written as two keys.
pub(super) fn may_be_nan(key: &SortKey) -> bool {
    key.value.ty == Type::Real && key.value.as_literal().is_none()
}

/// Aggregates whose result depends on the order of the rows.
fn shows_order(name: &str) -> bool {
    name.starts_with("make_list") || name.starts_with("make_set") || matches!(name, "makelist" | "makeset")
}

/// Puts the sort keys into the innermost aggregate call.
fn add_order(sql: &mut ast::Expr, keys: Vec<ast::OrderByExpr>) {
    let ast::Expr::Function(f) = sql else { return };
    let wrapper = is_wrapper(f);
    let ast::FunctionArguments::List(list) = &mut f.args else { return };
    if !wrapper {
        list.clauses.push(ast::FunctionArgumentClause::OrderBy(keys));
    } else if let Some(ast::FunctionArg::Unnamed(ast::FunctionArgExpr::Expr(inner))) = list.args.first_mut() {
        add_order(inner, keys);
    }
}

/// Whether the function stands around an aggregate, rather than being one.
pub(super) fn is_wrapper(f: &ast::Function) -> bool {
    let name = function_name(f);
    ["coalesce", "round", "nullif"].iter().any(|w| name.eq_ignore_ascii_case(w))
}

/// The name of a function.
pub(super) fn function_name(f: &ast::Function) -> &str {
    f.name.0.last().and_then(|part| part.as_ident()).map_or("", |name| &name.value)
}

/// The operands of nested calls of one logical operator.
fn flatten<'e>(name: &str, e: &'e Expr) -> Vec<&'e Expr> {
    let mut terms = Vec::new();
    let mut stack = vec![e];
    while let Some(e) = stack.pop() {
        match &e.kind {
            ExprKind::Call { function, args, .. } if function.name == name && args.iter().all(is_bool) => {
                stack.extend(args.iter().rev());
            }
            _ => terms.push(e),
        }
    }
    terms
}

/// The terms under one operator, as a balanced tree: a long chain would nest as deeply as it is long.
fn join_terms(mut terms: Vec<ast::Expr>, op: ast::BinaryOperator) -> ast::Expr {
    if terms.len() <= 32 {
        let mut terms = terms.into_iter();
        let first = terms.next().unwrap_or_else(|| boolean(true));
        return terms.fold(first, |left, right| binary(left, op.clone(), right));
    }
    let right = terms.split_off(terms.len() / 2);
    let (left, right) = (join_terms(terms, op.clone()), join_terms(right, op.clone()));
    ast::Expr::BinaryOp {
        left: Box::new(ast::Expr::Nested(Box::new(left))),
        op,
        right: Box::new(ast::Expr::Nested(Box::new(right))),
    }
}

fn is_bool(e: &Expr) -> bool {
    e.ty == Type::Bool
}

fn is_text_literal(e: &Expr) -> bool {
    matches!(e.as_literal(), Some(Literal::String(s)) if !s.is_empty())
}

/// Two values of one type whose SQL equality differs from Kusto's only for nulls.
fn plainly_comparable(args: &[Expr]) -> bool {
    args.len() == 2
        && args[0].ty == args[1].ty
        && !matches!(args[0].ty, Type::String | Type::Dynamic | Type::Real | Type::Unknown)
}

fn all_strings(args: &[Expr]) -> bool {
    args.iter().all(|a| a.ty == Type::String)
}

/// A path of constant steps as JSON.
pub(crate) fn literal_path(path: &[Expr]) -> Option<String> {
    let mut json = String::with_capacity(32);
    json.push('[');
    for (i, step) in path.iter().enumerate() {
        if i > 0 {
            json.push(',');
        }
        match step.as_literal()? {
            Literal::String(s) => crate::json::push_string(&mut json, s),
            Literal::Long(n) => json.push_str(&n.to_string()),
            Literal::Int(n) => json.push_str(&n.to_string()),
            _ => return None,
        }
    }
    json.push(']');
    Some(json)
}

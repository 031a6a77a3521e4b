//! Scalar expressions.

use super::fold::{cast, fold};
use super::names::is_part;
use super::overload::{all_fit, choose, misfits};
use super::scope::Binding;
use super::table::scan;
use super::{Binder, RowScope, Value};
use crate::diagnostics::{binding as messages, messages as syntax_messages};
use crate::functions::{self, Function};
use crate::operators::graph::element_member;
use crate::plan::{Expr, ExprKind, Rel};
use crate::shape::Shape;
use crate::span::Span;
use crate::syntax::ast::{self, Literal};
use crate::types::Type;

/// Whether the tables of another database are meant: `database('x')` …
fn is_remote(e: &ast::Expr) -> bool {
    match &e.kind {
        ast::ExprKind::Call { receiver: None, name, .. } => {
            matches!(name.text.as_str(), "database" | "cluster")
        }
        ast::ExprKind::Call { receiver: Some(base), .. } | ast::ExprKind::Path { base, .. } => {
            is_remote(base)
        }
        _ => false,
    }
}

/// How a member is read: by its name, or in brackets.
#[derive(Clone, Copy)]
enum Access<'a> {
    Name(&'a ast::Name),
    Index(Span),
}

/// Expressions that nest deeper than this are refused, so that no stage after the parser overflows.
pub(super) const MAX_DEPTH: usize = 500;

impl Binder<'_> {
    /// Binds a scalar expression; a table is an error.
    pub(crate) fn scalar(&mut self, e: &ast::Expr) -> Expr {
        match self.value(e) {
            Value::Scalar(bound) => bound,
            Value::Table(_) => {
                self.report(messages::scalar_expected(e.span));
                Expr::error(e.span)
            }
        }
    }

    /// Binds a scalar expression over the given rows.
    pub(crate) fn scalar_over(&mut self, scope: RowScope, e: &ast::Expr) -> Expr {
        self.rows.push(scope);
        let bound = self.scalar(e);
        self.rows.pop();
        bound
    }

    /// Binds an expression over the given rows that may be a table.
    pub(crate) fn value_over(&mut self, scope: RowScope, e: &ast::Expr) -> Value {
        self.rows.push(scope);
        let bound = self.value(e);
        self.rows.pop();
        bound
    }

    /// Binds a predicate: a `bool` (`dynamic` is converted, as Kusto does).
    pub(crate) fn predicate_over(&mut self, scope: RowScope, e: &ast::Expr) -> Expr {
        let bound = match self.value_over(scope, e) {
            Value::Scalar(bound) => bound,
            Value::Table(_) => {
                self.report(messages::condition_is_table(e.span));
                Expr::error(e.span)
            }
        };
        match bound.ty {
            Type::Bool | Type::Unknown => bound,
            Type::Dynamic => {
                self.report(messages::condition_is_dynamic(e.span));
                cast(bound, Type::Bool)
            }
            ty => {
                self.report(messages::must_have_type(e.span, &[Type::Bool], ty));
                Expr::error(e.span)
            }
        }
    }

    /// Binds an expression that may be a table.
    pub(crate) fn value(&mut self, e: &ast::Expr) -> Value {
        self.expansions += 1;
        let value = if !self.spend_on_node(e.span) {
            Value::Scalar(Expr::error(e.span))
        } else if self.expansions > MAX_DEPTH {
            self.report(messages::too_deep(e.span));
            Value::Scalar(Expr::error(e.span))
        } else {
            crate::stack::reserved(|| self.value_within_depth(e))
        };
        self.expansions -= 1;
        value
    }

    fn value_within_depth(&mut self, e: &ast::Expr) -> Value {
        use ast::ExprKind as K;
        let span = e.span;
        Value::Scalar(match &e.kind {
            K::Error => Expr::error(span),
            K::Literal(l) => Expr::literal(l.clone(), span),
            K::Name { name, .. } => return self.name(name, span),
            K::Parenthesized(inner) => return self.value(inner),
            K::Named { value, .. } => return self.value(value),
            K::Ordered(o) => return self.value(&o.value),
            K::Pipe(pipe) => return Value::Table(self.pipe(pipe, span)),
            K::Call { receiver: None, name, args } => return self.call(name, args, span),
            K::Call { receiver: Some(base), name, args } => {
                if !is_remote(base) {
                    return Value::Scalar(self.method(base, name, args, span));
                }
                return self.remote(e);
            }
            K::Path { base, name, .. } => match &base.kind {
                K::Name { name: side, .. } if side == "$left" || side == "$right" => {
                    self.side_column(side, name, span)
                }
                K::Name { name: step, .. } if self.state_column(step, name, span).is_some() => {
                    self.state_column(step, name, span).unwrap_or_else(|| Expr::error(span))
                }
                K::Call { receiver, name: callee, .. }
                    if matches!(callee.text.as_str(), "database" | "cluster")
                        && (receiver.is_some() || self.env.get(&callee.text).is_none()) =>
                {
                    return self.remote(e);
                }
                K::Name { name: element, .. }
                    if self.rows.last().is_some_and(|r| r.elements.part(element).is_some()) =>
                {
                    element_member(self, element, name, span).unwrap_or_else(|| Expr::error(span))
                }
                _ => {
                    if let K::Call { receiver: None, name: pattern, args } = &base.kind
                        && let Some(value) = self.pattern(pattern, args, Some(name))
                    {
                        return value;
                    }
                    let key = Expr::literal(Literal::String(name.text.clone()), name.span);
                    self.member(base, key, span, Access::Name(name))
                }
            },
            K::Index { base, index } if matches!(base.kind, K::Error) => {
                self.bracketed_name(index);
                Expr::error(span)
            }
            K::Index { base, index } if matches!(index.kind, K::Error) => {
                self.value(base);
                Expr::error(span)
            }
            K::Index { base, index } => {
                let key = self.scalar(index);
                if !matches!(key.ty, Type::String | Type::Int | Type::Long | Type::Dynamic | Type::Unknown) {
                    self.report(messages::must_have_type(
                        index.span,
                        &[Type::Int, Type::Long, Type::String],
                        key.ty,
                    ));
                }
                let brackets = Span::new(base.span.end as usize, span.end as usize);
                self.member(base, key, span, Access::Index(brackets))
            }
            K::Unary { op, operand } => {
                let name = if *op == ast::UnaryOp::Minus { "unary -" } else { "unary +" };
                let sign = Span { end: span.start + 1, ..span };
                let operand = self.operand(operand, name.trim_start_matches("unary "), sign);
                self.operator(name, vec![operand], sign, span)
            }
            K::Binary { op: "and" | "or", .. } => self.logical_chain(e),
            K::Binary { op, op_span, left, right } if matches!(left.kind, K::Star) => {
                self.any_column(op, *op_span, left.span, right, span)
            }
            K::Binary { op, op_span, left, right } => {
                let left = self.operand(left, op, *op_span);
                let right = self.right_operand(right, &left, op, *op_span);
                self.operator(op, vec![left, right], *op_span, span)
            }
            K::In { op, op_span, left, list } => self.in_list(op, *op_span, left, list, span),
            K::Between { negated, op_span, value, low, high } => {
                let args = vec![self.scalar(value), self.scalar(low), self.scalar(high)];
                self.report_unresolved_bounds([value, low, high], &args);
                self.operator(if *negated { "!between" } else { "between" }, args, *op_span, span)
            }
            K::Star => {
                self.report(messages::star_not_allowed(span));
                Expr::error(span)
            }
            K::Wildcard(name) => {
                self.report(messages::unknown_name(span, name, "column", []));
                Expr::error(span)
            }
            K::TypeOf(_) => {
                self.report(messages::scalar_expected(span));
                Expr::error(span)
            }
        })
    }

    /// `* has "x"`: true if it holds for some column that holds text.
    fn any_column(
        &mut self,
        op: &'static str,
        op_span: Span,
        star: Span,
        right: &ast::Expr,
        span: Span,
    ) -> Expr {
        let right = self.scalar(right);
        let columns = self.rows.last().map(|r| r.columns.clone()).unwrap_or_default();
        let mut tests = Vec::new();
        for column in columns.iter().filter(|c| !c.hidden && matches!(c.ty, Type::String | Type::Dynamic)) {
            tests.push(self.operator(op, vec![column.reference(star), right.clone()], op_span, span));
        }
        self.any_of(tests, span)
    }

    /// The tests joined by `or`: a chain, or of the thousands of columns that tables may have together a
    /// balanced tree.
    pub(crate) fn any_of(&mut self, mut tests: Vec<Expr>, span: Span) -> Expr {
        const CHAIN: usize = 64;
        while tests.len() > CHAIN {
            let mut pairs = Vec::with_capacity(tests.len().div_ceil(2));
            let mut rest = tests.into_iter();
            while let Some(left) = rest.next() {
                pairs.push(match rest.next() {
                    Some(right) => self.operator("or", vec![left, right], span, span),
                    None => left,
                });
            }
            tests = pairs;
        }
        let any = tests.into_iter().reduce(|a, b| self.operator("or", vec![a, b], span, span));
        any.unwrap_or_else(|| Expr::literal(Literal::Bool(false), span))
    }

    /// `a and b and c …` without recursion on the left side: real rules have hundreds of terms.
    fn logical_chain(&mut self, e: &ast::Expr) -> Expr {
        let mut terms = Vec::new();
        let mut left = e;
        while let ast::ExprKind::Binary { op, op_span, left: l, right } = &left.kind
            && matches!(*op, "and" | "or")
        {
            terms.push((*op, *op_span, &**right, left.span));
            left = l;
        }
        let (op, op_span) = terms.last().map_or(("and", e.span), |term| (term.0, term.1));
        let mut bound = self.operand(left, op, op_span);
        for (op, op_span, right, span) in terms.into_iter().rev() {
            let right = self.operand(right, op, op_span);
            bound = self.operator(op, vec![bound, right], op_span, span);
        }
        bound
    }

    /// Binds an operand: a table is one that the operator does not take.
    fn operand(&mut self, e: &ast::Expr, op: &str, op_span: Span) -> Expr {
        match self.value(e) {
            Value::Scalar(bound) => bound,
            Value::Table(_) => {
                self.report(messages::table_operand(op_span, op));
                Expr::error(e.span)
            }
        }
    }

    /// The same for that on the right side. Kusto's analyzer misses it twice behind `!=`, also at the operator.
    fn right_operand(&mut self, e: &ast::Expr, left: &Expr, op: &str, op_span: Span) -> Expr {
        if op == "!=" && matches!(e.kind, ast::ExprKind::Error) && left.ty != Type::Unknown {
            self.report(messages::operand_missing(op_span, op));
        }
        self.operand(e, op, op_span)
    }

    /// A call of an operator's registry entry.
    pub(crate) fn operator(&mut self, op: &str, args: Vec<Expr>, op_span: Span, span: Span) -> Expr {
        if args.iter().any(|a| a.ty == Type::Unknown) {
            // What went wrong is reported already; the type is the operator's, if it has just one.
            return Expr { ty: self.operator_type(op), ..Expr::error(span) };
        }
        if args.iter().any(Expr::has_several_values) {
            self.report(messages::several_operands(op_span, op.trim_start_matches("unary ")));
            return Expr { ty: self.operator_type(op), ..Expr::error(span) };
        }
        if let Some(literal) = fold(op, &args, self.now) {
            return Expr::literal(literal, span);
        }
        if matches!(op, "==" | "!=")
            && let Some(test) = self.mixed_equality(op, &args, op_span, span)
        {
            return test;
        }
        let Some(function) = functions::find(functions::OPERATORS, op) else {
            self.report(syntax_messages::unsupported(op_span, op, "this operator is not translated yet"));
            return Expr::error(span);
        };
        match choose(function, &args).filter(|&o| all_fit(&function.overloads[o], &args)) {
            Some(overload) => self.typed_call(function, overload, args, span),
            None => {
                self.report_operator(op, function, &args, op_span);
                Expr { ty: self.operator_type(op), ..Expr::error(span) }
            }
        }
    }

    fn report_operator(&mut self, op: &str, function: &'static Function, args: &[Expr], op_span: Span) {
        // Kusto blames the operator, but for those that look into lists.
        if matches!(op, "has_any" | "has_all") {
            for i in misfits(&function.overloads[0], args) {
                self.report(messages::type_expected(args[i].span, &[Type::String], args[i].ty));
            }
            return;
        }
        if matches!(op, "between" | "!between") && self.report_range(args) {
            return;
        }
        let types: Vec<Type> = args.iter().map(|a| a.ty).collect();
        self.report(messages::operator_not_defined(op_span, op.trim_start_matches("unary "), &types));
    }

    fn operator_type(&self, op: &str) -> Type {
        match op {
            "+" | "-" | "*" | "/" | "%" | "unary -" | "unary +" => Type::Unknown,
            _ => Type::Bool,
        }
    }

    /// A name: a column, else what `let` or a parameter says, else a table.
    fn name(&mut self, name: &str, span: Span) -> Value {
        if let Some(found) = self.named(name, span) {
            return found;
        }
        if let Some(table) = self.catalog.table(name) {
            return Value::Table(scan(&table));
        }
        if self.catalog.function(name).is_some() {
            return self.table_by_name(name, span);
        }
        let callable = functions::find(functions::SCALARS, name)
            .or_else(|| functions::find(functions::AGGREGATES, name).filter(|_| self.aggregates_allowed));
        if let Some(function) = callable {
            self.report(messages::argument_list_required(span, name));
            return Value::Scalar(Expr { ty: function.only_type(), ..Expr::error(span) });
        }
        self.report_unknown_name(name, span);
        Value::Scalar(Expr::error(span))
    }

    /// The column of that name, else what `let` or a parameter says.
    pub(super) fn named(&mut self, name: &str, span: Span) -> Option<Value> {
        if let Some(column) = self.rows.last().and_then(|r| r.column(name)) {
            return Some(Value::Scalar(column.reference(span)));
        }
        let Some(binding) = self.env.get(name).cloned() else {
            return self.split_column(name, span).map(Value::Scalar);
        };
        Some(match binding {
            Binding::Scalar(value) => self.named_value(&value, span),
            Binding::Table(rel) => self.named_table(rel, span),
            Binding::Function(function, env) => self.expand_function(name, &function, &env, &[], span),
            Binding::Pattern(..) => return None,
        })
    }

    /// What stands for a name that is a value's.
    pub(super) fn named_value(&mut self, value: &Expr, span: Span) -> Value {
        let affordable = self.spend_on_value(value, span);
        Value::Scalar(if affordable { Expr { span, ..value.clone() } } else { Expr::error(span) })
    }

    /// What stands for a name that is a table's.
    pub(super) fn named_table(&mut self, rel: Rel, span: Span) -> Value {
        if self.spend_on_table(&rel, span) { Value::Table(rel) } else { Value::Scalar(Expr::error(span)) }
    }

    /// Of a column that a union split by its types, the part that comes first. Kusto's analyzer lets the bare
    /// name pass where most tables agree on the type.
    fn split_column(&mut self, name: &str, span: Span) -> Option<Expr> {
        if !self.is_split(name) {
            return None;
        }
        let part = self.rows.last()?.columns.iter().find(|c| !c.hidden && is_part(c, name))?.clone();
        self.report(messages::split_column(span, name, &part.name));
        Some(part.reference(span))
    }

    /// Says that there is no such column or variable.
    pub(crate) fn report_unknown_name(&mut self, name: &str, span: Span) {
        if self.rows.last().is_some_and(|r| r.open) {
            self.inferred.push(name.into());
            return;
        }
        let mut candidates: Vec<String> = Vec::new();
        if let Some(row) = self.rows.last() {
            candidates.extend(row.columns.iter().filter(|c| !c.hidden).map(|c| c.name.to_string()));
        }
        candidates.extend(self.env.names().into_iter().map(str::to_owned));
        let entity = if self.rows.is_empty() { "table or variable" } else { "column or variable" };
        if self.rows.is_empty() {
            candidates.extend(self.catalog.table_names());
        }
        self.report(messages::unknown_name(span, name, entity, candidates.iter().map(String::as_str)));
    }

    /// `$left.name`, `$right.name`
    fn side_column(&mut self, side: &str, name: &ast::Name, span: Span) -> Expr {
        let Some(row) = self.rows.last().filter(|row| row.right.is_some()) else {
            self.report_unknown_name(side, span);
            return Expr::error(span);
        };
        let columns = match (side, &row.right) {
            ("$right", Some(right)) => right.clone(),
            _ => row.columns.clone(),
        };
        match columns.iter().find(|c| c.name == name.text && !c.hidden) {
            Some(column) => column.reference(span),
            None => {
                let names = columns.iter().map(|c| c.name.as_str());
                let d = messages::unknown_name(name.span, &name.text, "column", names);
                self.report(d);
                Expr::error(span)
            }
        }
    }

    /// `step.column` in `scan`.
    fn state_column(&self, step: &str, name: &ast::Name, span: Span) -> Option<Expr> {
        let row = self.rows.last()?;
        let (_, columns) = row.states.iter().find(|(s, _)| s == step)?;
        let (_, column) = columns.iter().find(|(n, _)| *n == name.text)?;
        Some(column.reference(span))
    }

    /// Reports what is wrong with `[name]` that has nothing in front of it: only a string literal is a name there.
    fn bracketed_name(&mut self, name: &ast::Expr) {
        match self.scalar(name).ty {
            Type::Unknown => {}
            Type::String => self.report(messages::literal_expected(name.span)),
            ty => self.report(messages::must_have_type(name.span, &[Type::String], ty)),
        }
    }

    /// `base.key` and `base[key]` of a dynamic value.
    fn member(&mut self, base: &ast::Expr, key: Expr, span: Span, access: Access) -> Expr {
        let bound = match self.value(base) {
            Value::Scalar(bound) => bound,
            Value::Table(_) => {
                self.report(match access {
                    Access::Name(key) => messages::member_of_table(key.span, &key.text),
                    Access::Index(brackets) => messages::element_of_table(brackets),
                });
                return Expr::error(span);
            }
        };
        match bound.ty {
            Type::Dynamic => {
                if let Access::Index(brackets) = access
                    && !self.check_index(bound.shape(), &key, brackets)
                {
                    return Expr { ty: Type::Dynamic, ..Expr::error(span) };
                }
            }
            Type::Unknown => return Expr::error(span),
            // Exports hold dynamic columns as strings; without a schema that says so, reading a member
            // of a string column can only mean its JSON.
            Type::String if let Some(name) = bound.as_column() => {
                self.report(match access {
                    Access::Name(key) => messages::string_read_as_json("KS142", key.span, name),
                    Access::Index(brackets) => messages::string_read_as_json("KS147", brackets, name),
                });
                let parsed = self.call_by_name("parse_json", vec![bound], base.span);
                return self.member_of(parsed, key, span);
            }
            ty => {
                self.report(match access {
                    Access::Name(key) => messages::no_member(key.span, &key.text, ty),
                    Access::Index(brackets) => messages::element_access(brackets, ty),
                });
                return Expr::error(span);
            }
        }
        self.member_of(bound, key, span)
    }

    /// `value.function(…)`: what other languages write for `function(value, …)`.
    fn method(&mut self, base: &ast::Expr, name: &ast::Name, args: &[ast::Expr], span: Span) -> Expr {
        let before = self.diagnostics.len();
        self.value(base);
        if self.diagnostics[before..].iter().all(|d| !d.is_error()) {
            self.report(messages::no_method(name.span, &name.text));
        }
        for arg in args {
            self.value(arg);
        }
        Expr::error(span)
    }

    /// Whether what is known of a dynamic value allows to look into it by that key; reports what does not.
    fn check_index(&mut self, of: Shape, key: &Expr, brackets: Span) -> bool {
        let dynamic = key.ty == Type::Dynamic;
        let (fits, expected): (bool, &[Type]) = match of {
            Shape::Any => return true,
            Shape::Array(_) => {
                let integer = key.ty.is_integer()
                    || dynamic && matches!(key.shape(), Shape::Any | Shape::Value(Type::Long));
                (integer, &[Type::Int, Type::Long])
            }
            Shape::Bag => (dynamic || matches!(key.ty, Type::String | Type::Unknown), &[Type::String]),
            Shape::Value(_) => {
                self.report(messages::element_access(brackets, Type::Dynamic));
                return false;
            }
        };
        if !fits {
            self.report(messages::must_have_type(key.span, expected, key.ty));
        }
        fits
    }

    fn member_of(&mut self, base: Expr, key: Expr, span: Span) -> Expr {
        let kind = match base.kind {
            ExprKind::Path { base, mut path } => {
                path.push(key);
                ExprKind::Path { base, path }
            }
            _ => ExprKind::Path { base: Box::new(base), path: vec![key] },
        };
        Expr { kind, ty: Type::Dynamic, span }
    }

    /// `to<type>(value)`
    pub(crate) fn conversion(&mut self, value: Expr, to: Type) -> Expr {
        if value.ty == to {
            return value;
        }
        if to == Type::Dynamic {
            // The value itself, not what its text would parse to.
            return cast(value, to);
        }
        let name = match to {
            Type::Bool => "tobool",
            Type::Int => "toint",
            Type::Long => "tolong",
            Type::Real => "toreal",
            Type::Decimal => "todecimal",
            Type::String => "tostring",
            Type::DateTime => "todatetime",
            Type::Timespan => "totimespan",
            Type::Guid => "toguid",
            Type::Dynamic | Type::Unknown => return value,
        };
        let span = value.span;
        self.call_by_name(name, vec![value], span)
    }
}

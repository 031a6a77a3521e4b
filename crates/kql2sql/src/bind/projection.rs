//! Lists of computed columns: what `project`, `extend`, `summarize`, `distinct` … have in common.

use super::names::{Projection, name_span, result_name, underlying};
use super::overload::accepts_count;
use super::{Binder, RowScope};
use crate::diagnostics::binding as messages;
use crate::functions::{self, AGGREGATES, Function, SCALARS};
use crate::plan::{ColumnName, Expr, ExprKind, Node, Order, PlanColumn, Rel, SortKey};
use crate::span::Span;
use crate::syntax::ast;
use crate::types::Type;

/// How a list of columns treats columns that are there already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Style {
    /// `project`, `distinct`, `by …`: an unnamed column gives way to one of the same name.
    Default,
    /// `extend`: replaces a column of the same name.
    Extend,
    /// `mv-expand`: replaces too, columns named by a bare reference as well.
    Replace,
    /// `print`: unnamed columns are `print_0` …
    Print,
}

impl Binder<'_> {
    /// Adds the columns that one element of a list makes.
    pub(crate) fn add_columns(
        &mut self,
        list: &mut Projection,
        scope: &RowScope,
        e: &ast::Expr,
        style: Style,
        default_name: Option<String>,
    ) {
        let inner = underlying(e);
        if let ast::ExprKind::Star = inner.kind {
            for column in scope.columns.iter().filter(|c| !c.hidden) {
                list.add(column.clone(), column.reference(e.span), None, true);
            }
            return;
        }
        let value = self.scalar_over(scope.clone(), inner);
        if let Some(results) = several(inner, &value)
            && (style != Style::Print || results.len() > 1)
        {
            self.add_several(list, e, results, style);
            return;
        }
        if let ast::ExprKind::Named { names, .. } = &e.kind
            && names.len() > 1
        {
            self.report(messages::not_multiple(e.span));
            return;
        }
        self.add_value(list, scope, e, value, style, default_name);
    }

    /// Adds the columns of an expression with several values. `extend` and `print` leave out those that the query
    /// gives no name, unless it gives none at all.
    pub(crate) fn add_several(
        &mut self,
        list: &mut Projection,
        e: &ast::Expr,
        results: Vec<(String, Expr)>,
        style: Style,
    ) {
        let names: &[ast::Name] = match &e.kind {
            ast::ExprKind::Named { names, .. } => names,
            _ => &[],
        };
        for name in names.iter().skip(results.len()) {
            self.report(messages::name_without_value(name.span, results.len()));
        }
        let named_only = !names.is_empty() && matches!(style, Style::Extend | Style::Print);
        for (i, (default, value)) in results.into_iter().enumerate() {
            let ty = value.ty;
            let Some(name) = names.get(i) else {
                if !named_only {
                    list.add(PlanColumn::new(default, ty, true), value, None, false);
                }
                continue;
            };
            let replace = names.len() == 1 || matches!(style, Style::Extend | Style::Replace);
            if list.declare(PlanColumn::new(name.text.clone(), ty, true), value, replace).is_err() {
                self.report(messages::duplicate_column(name.span, &name.text));
            }
        }
    }

    /// Adds a column with a bound value under the name that the expression gives it.
    pub(crate) fn add_value(
        &mut self,
        list: &mut Projection,
        scope: &RowScope,
        e: &ast::Expr,
        value: Expr,
        style: Style,
        default_name: Option<String>,
    ) {
        let nullable = is_nullable(&value, scope);
        let referenced = referenced_column(&value);
        if let ast::ExprKind::Named { names, .. } = &e.kind
            && let Some(name) = names.first()
        {
            let column = PlanColumn::new(name.text.clone(), value.ty, nullable).with_shape(value.shape());
            let replace = referenced.is_some() || matches!(style, Style::Extend | Style::Replace);
            if list.declare(column, value, replace).is_err() {
                self.report(messages::duplicate_column(name.span, &name.text));
            }
            return;
        }
        // What a function of the query returns has no name, even if it is a column.
        let referenced = referenced.filter(|_| !is_own_function(e));
        // The name that the query uses: that of a split column is not the column's own.
        let referenced = referenced.map(|name| match &e.kind {
            ast::ExprKind::Name { name: used, .. } if name != *used => ColumnName::from(used),
            _ => name,
        });
        if let Some(name) = &referenced {
            // In `extend`, a bare column changes nothing.
            if style == Style::Extend && list.contains(name) {
                if list.confirm(name).is_err() {
                    self.report(messages::duplicate_column(name_span(e), name));
                }
                return;
            }
            let column = PlanColumn::new(name.clone(), value.ty, nullable).with_shape(value.shape());
            if list.declare(column, value, style == Style::Replace).is_err() {
                self.report(messages::duplicate_column(name_span(e), name));
            }
            return;
        }
        if style == Style::Print {
            let name = default_name.unwrap_or_default();
            let column = PlanColumn::new(name.clone(), value.ty, nullable).with_shape(value.shape());
            list.add(column, value, Some(&name), false);
            return;
        }
        let name = result_name(e, &find)
            .or(default_name)
            .unwrap_or_else(|| self.default_name(scope, style == Style::Extend));
        let replace = matches!(style, Style::Extend | Style::Replace);
        let column = PlanColumn::new(name, value.ty, nullable).with_shape(value.shape());
        list.add(column, value, None, replace);
    }

    /// `Column1`, `Column2` …: the next that is not in use.
    fn default_name(&mut self, scope: &RowScope, avoid_row: bool) -> String {
        loop {
            self.default_names += 1;
            let name = format!("Column{}", self.default_names);
            if !avoid_row || scope.column(&name).is_none() {
                return name;
            }
        }
    }
}

/// A list that begins with the columns of the input.
pub(crate) fn starting_with(input: &Rel, span: Span) -> Projection {
    Projection::starting_with(input, span)
}

/// Makes the projection of `input`, keeping hidden what its order depends on.
pub(crate) fn project(input: Rel, list: Vec<(PlanColumn, Expr)>) -> Rel {
    let (mut columns, mut values): (Vec<_>, Vec<_>) = list.into_iter().unzip();
    let order = carry_order(&input, &mut columns, &mut values);
    super::configured::carry_ingestion_time(&input, &mut columns, &mut values);
    Rel::new(Node::Project { input, values }, columns, order)
}

/// The order of `input` in terms of the projected columns; keys that are projected away are kept as
/// hidden columns.
fn carry_order(input: &Rel, columns: &mut Vec<PlanColumn>, values: &mut Vec<Expr>) -> Order {
    let mut keys = Vec::new();
    for key in &input.order.keys {
        let Some(name) = key.value.as_column() else { continue };
        let position = values.iter().position(|v| v.as_column() == Some(name));
        let position = position.unwrap_or_else(|| {
            let Some(source) = input.column(name) else { return 0 };
            let hidden = PlanColumn {
                name: free_name(columns, name),
                ty: source.ty,
                shape: source.shape,
                nullable: source.nullable,
                hidden: true,
            };
            columns.push(hidden);
            values.push(source.reference(key.value.span));
            columns.len() - 1
        });
        if let Some(column) = columns.get(position) {
            keys.push(SortKey { value: column.reference(key.value.span), ..key.clone() });
        }
    }
    Order { keys, serialized: input.order.serialized }
}

/// A name for a hidden column.
pub(crate) fn free_name(columns: &[PlanColumn], base: &str) -> ColumnName {
    let mut name = format!("order_{}", base.trim_start_matches("order_"));
    while columns.iter().any(|c| c.name == name) {
        name.push('_');
    }
    name.into()
}

/// The values of an expression that has several, with their names.
pub(crate) fn several(e: &ast::Expr, value: &Expr) -> Option<Vec<(String, Expr)>> {
    let ast::ExprKind::Call { args: names, .. } = &e.kind else { return None };
    match &value.kind {
        // `series_stats(x)`: `series_stats_x_min` …
        ExprKind::Part { base, .. } => {
            let ExprKind::Call { function, overload, .. } = &base.kind else { return None };
            let functions::Returns::Several(columns) = function.overloads[*overload].returns else {
                return None;
            };
            let of = names.first().and_then(|a| result_name(a, &find)).unwrap_or_default();
            let column = |(i, (ending, ty)): (usize, &(&str, Type))| {
                (format!("{}_{of}_{ending}", function.name), Expr::part((**base).clone(), i, *ty))
            };
            Some(columns.iter().enumerate().map(column).collect())
        }
        // `array_sort_asc(a, b, …)`: each array in the order of the first.
        ExprKind::Call { function, args, .. } => {
            let arrays = args.iter().filter(|a| a.ty == Type::Dynamic).count();
            if !function.name.starts_with("array_sort_") || arrays == 0 {
                return None;
            }
            let results = (0..arrays).map(|i| {
                let base = result_name(&names[i], &find).unwrap_or_else(|| format!("array{i}"));
                let step = Expr::literal(ast::Literal::Long(i as i64), value.span);
                let kind = match arrays {
                    1 => value.kind.clone(),
                    _ => ExprKind::Path { base: Box::new(value.clone()), path: vec![step] },
                };
                (format!("{base}_sorted"), Expr { kind, ty: Type::Dynamic, span: value.span })
            });
            Some(results.collect())
        }
        _ => None,
    }
}

/// The built-in function of that name, for column names. `hll_merge` and its like merge the values of a group or several
/// values: the number of arguments tells which.
pub(crate) fn find(name: &str, arguments: usize) -> Option<&'static Function> {
    let scalar = functions::find(SCALARS, name);
    let takes = |f: &Function| f.overloads.iter().any(|o| accepts_count(o, arguments));
    match functions::find(AGGREGATES, name) {
        Some(aggregate) if !scalar.is_some_and(takes) => Some(aggregate),
        _ => scalar,
    }
}

/// Whether the expression calls a function that is not built in.
fn is_own_function(e: &ast::Expr) -> bool {
    matches!(&underlying(e).kind, ast::ExprKind::Call { receiver: None, name, .. } if find(&name.text, 0).is_none())
}

/// The column that an expression merely refers to: a bare reference, or a conversion to its own type.
pub(crate) fn referenced_column(value: &Expr) -> Option<ColumnName> {
    match &value.kind {
        ExprKind::Column(name, _) => Some(name.clone()),
        ExprKind::Call { function, args, .. }
            if args.len() == 1 && args[0].ty == value.ty && is_conversion(function.name) =>
        {
            args[0].as_column().cloned()
        }
        _ => None,
    }
}

fn is_conversion(name: &str) -> bool {
    matches!(
        name,
        "tobool"
            | "todatetime"
            | "todecimal"
            | "todouble"
            | "todynamic"
            | "toguid"
            | "toint"
            | "tolong"
            | "toreal"
            | "tostring"
            | "totimespan"
    )
}

/// Whether the SQL value may be NULL though it is a string. Runtime functions return no NULL strings.
pub(crate) fn is_nullable(value: &Expr, scope: &RowScope) -> bool {
    match &value.kind {
        ExprKind::Column(name, _) => {
            scope.columns.iter().find(|c| c.name == *name).is_none_or(|c| c.nullable)
        }
        ExprKind::Call { .. } | ExprKind::Literal(_) => false,
        _ => true,
    }
}

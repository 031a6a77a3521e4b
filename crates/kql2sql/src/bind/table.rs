//! Tabular expressions: tables by name, and pipes of operators.

use super::scope::Binding;
use super::{Binder, RowScope, Value, names};
use crate::diagnostics::{Diagnostic, binding as messages, messages as syntax_messages};
use crate::functions::{self, Lower, Overload, Returns};
use crate::operators::OperatorKind as K;
use crate::plan::{ColumnName, Expr, ExprKind, Node, Order, PlanColumn, Refused, Rel};
use crate::span::Span;
use crate::syntax::ast;
use crate::types::Type;

impl Binder<'_> {
    /// Binds a tabular expression; a single value is an error and gives an empty table.
    pub(crate) fn table(&mut self, e: &ast::Expr) -> Rel {
        match self.outside_rows(|b| b.tabular(e)) {
            Value::Table(rel) => rel,
            Value::Scalar(value) => {
                if value.ty != Type::Unknown {
                    self.report(messages::table_expected(e.span));
                }
                unknown_table()
            }
        }
    }

    /// Binds an expression where a table is expected: a name that is not known is a missing table's.
    pub(super) fn tabular(&mut self, e: &ast::Expr) -> Value {
        match &e.kind {
            ast::ExprKind::Parenthesized(inner) => self.tabular(inner),
            ast::ExprKind::Name { name, .. } => {
                let found = self.named(name, e.span);
                found.unwrap_or_else(|| self.table_by_name(name, e.span))
            }
            _ => self.value(e),
        }
    }

    /// Runs `f` where no columns are in scope.
    pub(crate) fn outside_rows<T>(&mut self, f: impl FnOnce(&mut Self) -> T) -> T {
        let rows = std::mem::take(&mut self.rows);
        let result = f(self);
        self.rows = rows;
        result
    }

    /// A table of the catalog, a stored function without parameters, or an error.
    pub(super) fn table_by_name(&mut self, name: &str, span: Span) -> Value {
        if let Some(Binding::Table(rel)) = self.env.get(name) {
            return self.named_table(rel.clone(), span);
        }
        if let Some(table) = self.catalog.table(name) {
            return Value::Table(self.with_ingestion_time(scan(&table), span));
        }
        if self.is_stored(name) {
            return self.call_stored(name, Vec::new(), span);
        }
        if functions::find(functions::SCALARS, name).is_some() && self.is_known_here(name) {
            self.report(messages::argument_list_required(span, name));
            return Value::Scalar(Expr::error(span));
        }
        let mut tables = self.catalog.table_names();
        tables.extend(self.catalog.function_names());
        let own: Vec<String> = self.env.names().into_iter().map(str::to_owned).collect();
        self.report(messages::unknown_table(span, name, tables.iter().chain(&own).map(String::as_str)));
        Value::Scalar(Expr::error(span))
    }

    /// `database('x').T`, `cluster('y').database('x').T`: a lake is one database.
    pub(super) fn remote(&mut self, e: &ast::Expr) -> Value {
        let name = match &e.kind {
            ast::ExprKind::Path { base, .. } => database_name(base),
            _ => database_name(e),
        };
        self.report(messages::unknown_database(e.span, &name.unwrap_or_default()));
        Value::Scalar(Expr::error(e.span))
    }

    /// `source | operator | …`
    pub(super) fn pipe(&mut self, pipe: &ast::Pipe, span: Span) -> Rel {
        let top = std::mem::take(&mut self.top);
        let mut no_table = None;
        let mut rel = pipe.source.as_ref().map(|source| {
            let value = if is_value(source) {
                Value::Scalar(self.scalar(source))
            } else {
                self.outside_rows(|b| b.tabular(source))
            };
            match value {
                Value::Table(rel) => rel,
                Value::Scalar(value) if value.ty == Type::Unknown => unknown_table(),
                Value::Scalar(_) => {
                    no_table = Some((source.span, self.diagnostics.len()));
                    Rel { open: false, ..unknown_table() }
                }
            }
        });
        let env = self.env.clone();
        for (i, operator) in pipe.operators.iter().enumerate() {
            self.check_results(operator, top && i + 1 == pipe.operators.len());
            let before = self.diagnostics.len();
            rel = Some(self.outside_rows(|b| b.apply(rel, operator)));
            if let K::Invoke(invoke) = &operator.kind {
                // What is wrong with the table that the function gets is said where it stands.
                let piped = i
                    .checked_sub(1)
                    .map_or(pipe.source.as_deref().map(|s| s.span), |i| Some(pipe.operators[i].span));
                for d in self.diagnostics[before..].iter_mut().filter(|d| d.code == "KS249") {
                    if d.span == invoke.call.span {
                        d.span = Span { end: piped.map_or(d.span.end, |p| p.end), ..span };
                    }
                }
            }
        }
        self.env = env;
        // Kusto's analyzer pipes a value like a table without columns. That it is none is what remains to say.
        if let Some((span, before)) = no_table
            && !self.diagnostics[before..].iter().any(Diagnostic::is_error)
        {
            self.report(messages::table_expected(span));
        }
        rel.unwrap_or_else(|| {
            self.report(messages::table_expected(span));
            unknown_table()
        })
    }

    /// One operator. Names that an open input lacks become columns of it.
    fn apply(&mut self, input: Option<Rel>, op: &ast::Operator) -> Rel {
        let asked = self.asked;
        let open = input.as_ref().filter(|i| i.open).cloned();
        let outer = std::mem::take(&mut self.inferred);
        let before = (self.diagnostics.len(), self.shared.len(), self.more_results.len());
        let counts = (self.default_names, self.questions, self.question.is_some());
        let mut rel = self.operate(input, op);
        let inferred = std::mem::replace(&mut self.inferred, outer);
        if let Some(open) = open {
            if !inferred.is_empty() {
                self.diagnostics.truncate(before.0);
                self.shared.truncate(before.1);
                self.more_results.truncate(before.2);
                (self.default_names, self.questions) = (counts.0, counts.1);
                self.question = self.question.take().filter(|_| counts.2);
                rel = self.operate(Some(open.with_inferred(inferred)), op);
            }
            rel.open = rel.open || keeps_open(&op.kind);
        }
        // What the data was asked for are columns.
        rel.open |= self.asked > asked && matches!(op.kind, K::Evaluate(_) | K::ProjectByNames(_));
        rel
    }

    /// One operator over the columns that are known.
    fn operate(&mut self, input: Option<Rel>, op: &ast::Operator) -> Rel {
        // Operators that may begin a pipe.
        match &op.kind {
            // That these stand behind `|` was an error of the syntax.
            K::DataTable(o) => return o.bind(self),
            K::Print(o) => return o.bind(self),
            K::Range(o) => return o.bind(self, op),
            K::Union(o) => return o.bind(self, input, op),
            K::ExternalData(o) => return o.bind(self, op),
            K::Search(o) => return o.bind(self, input, op),
            K::Find(o) => return o.bind(self, input, op),
            K::Evaluate(o) => return o.bind(self, input, op),
            K::Error => return input.unwrap_or_else(unknown_table),
            _ => {}
        }
        let Some(input) = input else {
            if needs_input(&op.kind) {
                self.report(messages::cannot_be_first(op.span));
            } else {
                self.refuse(op);
            }
            return unknown_table();
        };
        match &op.kind {
            K::As(o) => o.bind(self, input),
            K::Consume => crate::operators::consume::bind(),
            K::Count(o) => o.bind(self, input),
            K::Distinct(o) => o.bind(self, input),
            K::Extend(o) => o.bind(self, input),
            K::Facet(o) => o.bind(self, input, op),
            K::Fork(o) => o.bind(self, input),
            K::Graph(o) => o.bind(self, input, op),
            K::GetSchema => crate::operators::getschema::bind(&input),
            K::Invoke(o) => o.bind(self, input),
            K::Join(o) => o.bind(self, input, op),
            K::Lookup(o) => o.bind(self, input, op),
            K::MakeSeries(o) => o.bind(self, input, op),
            K::MvApply(o) => o.bind(self, input, op),
            K::MvExpand(o) => o.bind(self, input, op),
            K::Parse(o) => o.bind(self, input, op),
            K::ParseKv(o) => o.bind(self, input, op),
            K::Partition(o) => o.bind(self, input, op),
            K::Project(o) => o.bind(self, input),
            K::ProjectAway(o) => o.bind(self, input),
            K::ProjectByNames(o) => o.bind(self, input),
            K::ProjectKeep(o) => o.bind(self, input),
            K::ProjectRename(o) => o.bind(self, input),
            K::ProjectReorder(o) => o.bind(self, input),
            K::Reduce(o) => o.bind(self, input, op),
            K::Render(o) => o.bind(self, input),
            K::Sample(o) => o.bind(self, input, op),
            K::SampleDistinct(o) => o.bind(self, input, op),
            K::Scan(o) => o.bind(self, input, op),
            K::Serialize(o) => o.bind(self, input),
            K::Sort(o) => o.bind(self, input),
            K::Summarize(o) => o.bind(self, input),
            K::Take(o) => o.bind(self, input),
            K::Top(o) => o.bind(self, input),
            K::TopHitters(o) => o.bind(self, input, op),
            K::TopNested(o) => o.bind(self, input, op),
            K::Where(o) => o.bind(self, input),
            _ => {
                self.refuse(op);
                unknown_table()
            }
        }
    }

    /// A sub-query: operators over the given rows.
    pub(crate) fn sub_query(&mut self, input: Rel, e: &ast::Expr) -> Rel {
        let env = self.env.clone();
        let mut rel = input;
        match &e.kind {
            ast::ExprKind::Pipe(pipe) if pipe.source.is_none() => {
                for operator in &pipe.operators {
                    self.check_results(operator, false);
                    rel = self.outside_rows(|b| b.apply(Some(rel), operator));
                }
            }
            ast::ExprKind::Error => {}
            _ => rel = self.table(e),
        }
        self.env = env;
        rel
    }

    /// An operator with several results must stand at the end of a query.
    fn check_results(&mut self, operator: &ast::Operator, at_end: bool) {
        if operator.kind.has_several_results() && !at_end {
            let why = "it has several results, which only the end of a query can have";
            self.report(syntax_messages::unsupported(operator.keyword, operator.kind.name(), why));
        }
    }

    /// The first of several results of a query; the others are kept for its end.
    pub(crate) fn several_results(&mut self, results: Vec<Rel>) -> Rel {
        let mut results = results.into_iter();
        let first = results.next().unwrap_or_else(unknown_table);
        self.more_results.extend(results);
        first
    }

    /// Says that an operator is known but not translated.
    pub(crate) fn refuse(&mut self, op: &ast::Operator) {
        let name = op.kind.name();
        self.report(syntax_messages::unsupported(op.keyword, name, "it is not translated yet"));
    }

    /// What a name stands for, if `let`, a parameter or `as` gave it.
    pub(crate) fn binding(&self, name: &str) -> Option<Binding> {
        self.env.get(name).cloned()
    }

    /// Whether the name is that of a view of the query.
    pub(crate) fn is_view(&self, name: &str) -> bool {
        matches!(self.env.get(name), Some(Binding::Function(function, _)) if function.view)
    }

    /// The results of the views in scope whose names pass the test.
    pub(crate) fn views(&mut self, test: impl Fn(&str) -> bool, span: Span) -> Vec<(String, Rel)> {
        let names: Vec<String> =
            self.env.names().into_iter().filter(|n| test(n)).map(str::to_owned).collect();
        let mut views = Vec::new();
        for name in names.into_iter().rev() {
            if let Some(Binding::Function(function, env)) = self.env.get(&name).cloned()
                && function.view
                && function.parameters.is_empty()
                && let Value::Table(rel) = self.expand_with(&name, &function, &env, vec![], span)
            {
                views.push((name, rel));
            }
        }
        views
    }

    /// Binds a tabular expression in which the name stands for the value.
    pub(crate) fn table_with(&mut self, name: &str, value: Expr, e: &ast::Expr) -> Rel {
        let outer = self.env.clone();
        self.env = outer.with(name, Binding::Scalar(value));
        let rel = self.table(e);
        self.env = outer;
        rel
    }

    /// Sets the name of a relation, as seen by the operators behind it.
    pub(crate) fn name_table(&mut self, name: &str, rel: &Rel) {
        self.env = self.env.with(name, Binding::Table(rel.clone()));
    }

    /// Binds the count of `take`, `top` …: an integer constant, which is not negative as far as it is known.
    pub(crate) fn count(&mut self, e: &ast::Expr) -> Expr {
        let value = self.scalar(e);
        if !value.ty.is_integer() {
            self.report(messages::integer_expected(e.span, value.ty));
            return Expr::error(e.span);
        }
        if !value.is_constant() {
            self.report(messages::constant_expected(e.span));
        }
        let count = super::fold::cast(value, Type::Long);
        if matches!(count.as_literal(), Some(ast::Literal::Null(_) | ast::Literal::Long(..0))) {
            self.report(syntax_messages::unsupported_syntax(
                e.span,
                "a number of rows that is null or negative",
            ));
        }
        count
    }

    /// Binds sort keys over the rows of `input`.
    pub(crate) fn sort_keys(&mut self, input: &Rel, keys: &[ast::Ordered]) -> Vec<crate::plan::SortKey> {
        keys.iter()
            .map(|key| {
                let value = self.scalar_over(RowScope::of(input), &key.value);
                if value.ty == Type::Dynamic {
                    self.report(messages::type_not_allowed(key.value.span, value.ty));
                }
                let descending = !key.ascending.unwrap_or(false);
                let nulls_first = key.nulls_first.unwrap_or(!descending);
                crate::plan::SortKey { value, descending, nulls_first }
            })
            .collect()
    }
}

/// Whether the source of a pipe can only be a value: it may read the columns around the pipe, then.
fn is_value(source: &ast::Expr) -> bool {
    use ast::ExprKind as E;
    match &names::underlying(source).kind {
        E::Literal(_) | E::Unary { .. } | E::Binary { .. } | E::In { .. } | E::Between { .. } => true,
        E::Index { base, .. } => !matches!(base.kind, E::Error),
        _ => false,
    }
}

/// A table of the catalog as a relation.
pub(crate) fn scan(table: &crate::catalog::Table) -> Rel {
    let names = ColumnName::all(table.columns.iter().map(|c| c.name.as_str()));
    let columns = names.zip(&table.columns).map(|(name, c)| PlanColumn::new(name, c.ty, true)).collect();
    Rel::new(Node::Table { name: table.name.clone() }, columns, Order::default())
}

/// A relation whose columns are known and whose rows are not: lowering says that it is not supported.
pub(crate) fn refused(op: &ast::Operator, columns: Vec<PlanColumn>, why: &str) -> Rel {
    refused_as(op.kind.name(), op.keyword, columns, why)
}

/// The same under a name of its own, such as a plugin's.
pub(crate) fn refused_as(name: &str, span: Span, columns: Vec<PlanColumn>, why: &str) -> Rel {
    let refused = Refused { name: name.to_owned(), why: why.to_owned(), span, graph: None };
    Rel::new(Node::Refused(refused), columns, Order { keys: vec![], serialized: true })
}

/// What a call gives: rows that lowering refuses where the function stands for a table outside the lake (`external_table("x")`).
pub(super) fn called(call: Expr) -> Value {
    if let ExprKind::Call { function, overload, .. } = &call.kind
        && let Overload { returns: Returns::Special, lower: Lower::Unsupported(why), .. } =
            &function.overloads[*overload]
    {
        let rel = refused_as(function.name, call.span, Vec::new(), why);
        return Value::Table(Rel { open: true, ..rel });
    }
    Value::Scalar(call)
}

/// The table that stands for one that did not bind.
pub(crate) fn unknown_table() -> Rel {
    let order = Order { keys: vec![], serialized: true };
    Rel { open: true, ..Rel::new(Node::Values(vec![]), vec![], order) }
}

/// Whether the result of the operator may have columns that only the data knows where its input has.
fn keeps_open(kind: &K) -> bool {
    !matches!(kind, K::Count(_) | K::GetSchema | K::Reduce(_) | K::Consume | K::Evaluate(_))
}

fn needs_input(kind: &K) -> bool {
    !matches!(
        kind,
        K::DataTable(_)
            | K::Print(_)
            | K::Range(_)
            | K::Union(_)
            | K::Search(_)
            | K::Find(_)
            | K::ExternalData(_)
            | K::Evaluate(_)
            | K::Error
    )
}

fn database_name(e: &ast::Expr) -> Option<String> {
    match &e.kind {
        ast::ExprKind::Call { args, .. } => match args.first().map(|a| &a.kind) {
            Some(ast::ExprKind::Literal(ast::Literal::String(s))) => Some(s.clone()),
            _ => None,
        },
        ast::ExprKind::Path { base, .. } => database_name(base),
        _ => None,
    }
}

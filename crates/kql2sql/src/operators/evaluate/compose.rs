//! Plugins that are written in KQL.

use super::Call;
use crate::bind::Binding;
use crate::bind::overload::{choose, return_type};
use crate::bind::projection::{project, starting_with};
use crate::bind::stored::quoted;
use crate::functions;
use crate::plan::{Expr, ExprKind, PlanColumn, Rel, SortKey};

impl Call<'_, '_> {
    /// The relation that a text in KQL describes, over `rows`.
    ///
    /// | in the text | stands for |
    /// |---|---|
    /// | `{T}` | the rows |
    /// | `{Start}` | the argument of the parameter `Start`: a column, a value or a table |
    /// | `{,Dimension}` | the columns that are the arguments of `Dimension`, a comma before each |
    /// | `{bin}` | any other name: one of the text's own, which no column of the input has |
    pub(crate) fn compose(&mut self, rows: Rel, text: &str) -> Rel {
        let mut names = vec![(private("T"), Binding::Table(rows))];
        let mut body = String::new();
        let mut pieces = text.split(['{', '}']);
        while let Some(piece) = pieces.next() {
            body.push_str(piece);
            let Some(placeholder) = pieces.next() else { break };
            match placeholder.strip_prefix(',') {
                Some(repeated) => {
                    for column in self.columns(repeated) {
                        body.push_str(", ");
                        body.push_str(&quoted(&column.name));
                    }
                }
                None => body.push_str(&quoted(&self.meaning(placeholder, &mut names))),
            }
        }
        self.binder.composed(self.name, &body, names)
    }

    /// The rows with more columns, whose values may be window functions.
    pub(crate) fn extended(&self, rows: Rel, added: Vec<(&str, Expr)>) -> Rel {
        let mut list = starting_with(&rows, self.name.span).columns;
        for (name, value) in added {
            list.push((PlanColumn::new(name, value.ty, true), value));
        }
        project(rows, list)
    }

    /// A function over the rows of a partition: an aggregate over those up to the current one in the order
    /// (over all, where there is none), or one of `row_number`, `prev`, `next`.
    pub(crate) fn window(
        &self,
        function: &str,
        args: Vec<Expr>,
        partition: Vec<Expr>,
        order: Vec<SortKey>,
    ) -> Expr {
        let span = self.name.span;
        let by_name = functions::find(functions::SCALARS, function)
            .or_else(|| functions::find(functions::AGGREGATES, function));
        let chosen = by_name.and_then(|f| Some((f, choose(f, &args)?)));
        let Some((function, overload)) = chosen else { return Expr::error(span) };
        let ty = return_type(&function.overloads[overload], &args);
        Expr { kind: ExprKind::Window { function, overload, args, partition, order }, ty, span }
    }

    /// The name that a placeholder becomes; what it stands for is added to `names`.
    fn meaning(&self, placeholder: &str, names: &mut Vec<(String, Binding)>) -> String {
        if let Some(column) = self.columns(placeholder).pop() {
            return column.name.into();
        }
        let name = private(placeholder);
        if names.iter().all(|(n, _)| *n != name) {
            if let Some(value) = self.scalar(placeholder) {
                names.push((name.clone(), Binding::Scalar(value)));
            } else if let Some(table) = self.table(placeholder) {
                names.push((name.clone(), Binding::Table(table)));
            }
        }
        name
    }
}

/// A sort key: ascending, nulls first.
pub(crate) fn ascending(value: Expr) -> SortKey {
    SortKey { value, descending: false, nulls_first: true }
}

/// A name that columns do not have.
pub(crate) fn private(name: &str) -> String {
    format!("({name})")
}

//! `project-rename`: Renames columns.

use crate::bind::Binder;
use crate::bind::projection::project;
use crate::diagnostics::binding;
use crate::operators::OperatorKind;
use crate::operators::def::{OperatorDef, Place, form};
use crate::plan::Rel;
use crate::span::Span;
use crate::syntax::ast::{Expr, ExprKind};
use crate::syntax::parser::{List, Parser};
use crate::syntax::token::TokenKind;

/// The entry of `project-rename`.
pub(super) const PROJECT_RENAME: OperatorDef = OperatorDef {
    kinds: &[TokenKind::ProjectRename],
    doc: "Renames columns.",
    page: "project-rename-operator",
    place: Place::Piped,
    parameters: None,
    form: Some(form(
        "project-rename New = Column, …",
        "print a = 1 | project-rename b = a | extend c = b",
        "[1, 1]",
    )),
    refused: None,
    parse: ProjectRename::parse,
};

/// Renames columns.
#[derive(Debug, Clone)]
pub struct ProjectRename {
    /// `new = old`
    pub columns: Vec<Expr>,
}

impl ProjectRename {
    /// `project-rename …, …`
    pub(crate) fn parse(p: &mut Parser) -> OperatorKind {
        let columns = p.comma_list(List::ANY, Parser::named_expression, Parser::missing_expression);
        OperatorKind::ProjectRename(ProjectRename { columns })
    }
}

impl ProjectRename {
    pub(crate) fn bind(&self, binder: &mut Binder, input: Rel) -> Rel {
        let mut list: Vec<_> = input.visible().map(|c| (c.clone(), c.reference(Span::default()))).collect();
        for e in &self.columns {
            let ExprKind::Named { names, value } = &e.kind else {
                binder.report(binding::rename_expected(e.span));
                continue;
            };
            let (Some(new), ExprKind::Name { name: old, .. }) = (names.first(), &value.kind) else {
                binder.report(binding::column_expected(value.span));
                continue;
            };
            let Some(i) = list.iter().position(|(_, v)| v.as_column().is_some_and(|c| c == old)) else {
                if input.open {
                    binder.inferred.push(old.into());
                    continue;
                }
                let columns: Vec<&str> = input.visible().map(|c| c.name.as_str()).collect();
                binder.report(binding::unknown_column(value.span, old, columns));
                continue;
            };
            if list.iter().any(|(c, _)| c.name == new.text) {
                binder.report(binding::duplicate_column(new.span, &new.text));
                continue;
            }
            list[i].0.name = (&new.text).into();
        }
        project(input, list)
    }
}

//! `project-keep`: Keeps columns, in the order of the input.

use crate::bind::Binder;
use crate::operators::OperatorKind;
use crate::operators::def::{OperatorDef, Place, form};
use crate::operators::project_away::{keep, matching_columns};
use crate::plan::Rel;
use crate::syntax::ast::Expr;
use crate::syntax::parser::{List, Parser};
use crate::syntax::token::TokenKind;

/// The entry of `project-keep`.
pub(super) const PROJECT_KEEP: OperatorDef = OperatorDef {
    kinds: &[TokenKind::ProjectKeep],
    doc: "Keeps columns, in the order of the input.",
    page: "project-keep-operator",
    place: Place::Piped,
    parameters: None,
    form: Some(form(
        "project-keep Column | Pattern*, …",
        "print a = 1, b = 2, c = 3 | project-keep c, a",
        "[1, 3]",
    )),
    refused: None,
    parse: ProjectKeep::parse,
};

/// Keeps columns, in the order of the input.
#[derive(Debug, Clone)]
pub struct ProjectKeep {
    /// Names and wildcards.
    pub columns: Vec<Expr>,
}

impl ProjectKeep {
    /// `project-keep …, …`
    pub(crate) fn parse(p: &mut Parser) -> OperatorKind {
        let columns = p.comma_list(List::ANY, Parser::name_or_wildcard, Parser::missing_expression);
        OperatorKind::ProjectKeep(ProjectKeep { columns })
    }
}

impl ProjectKeep {
    pub(crate) fn bind(&self, binder: &mut Binder, input: Rel) -> Rel {
        let kept = matching_columns(binder, &input, &self.columns);
        keep(input, |c| kept.iter().any(|k| k.name == c.name))
    }
}

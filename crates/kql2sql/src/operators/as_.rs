//! `as`: A name for the table so far, visible behind `as`.

use crate::bind::Binder;
use crate::operators::OperatorKind;
use crate::operators::def::{MATERIALIZED, OperatorDef, Place, form};
use crate::plan::Rel;
use crate::syntax::ast::Name;
use crate::syntax::names::NameUse;
use crate::syntax::parser::Parser;
use crate::syntax::token::TokenKind;

/// The entry of `as`.
pub(super) const AS: OperatorDef = OperatorDef {
    kinds: &[TokenKind::As],
    doc: "Names the table so far, for the operators behind it.",
    page: "as-operator",
    place: Place::Piped,
    parameters: Some(&[MATERIALIZED]),
    form: Some(form("as Name", "print x = 1 | as One | union One | count", "[2]")),
    refused: None,
    parse: As::parse,
};

/// A name for the table so far, visible behind `as`.
#[derive(Debug, Clone)]
pub struct As {
    /// The name.
    pub name: Name,
}

impl As {
    /// `as name`
    pub(crate) fn parse(p: &mut Parser) -> OperatorKind {
        let name = p.required_name(NameUse::Reference);
        OperatorKind::As(As { name })
    }
}

impl As {
    pub(crate) fn bind(&self, binder: &mut Binder, input: Rel) -> Rel {
        let named = binder.share(&self.name.text, input);
        binder.note_as(&named);
        binder.name_table(&self.name.text, &named);
        named
    }
}

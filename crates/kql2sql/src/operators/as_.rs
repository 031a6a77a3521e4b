//! `as`: A name for the table so far, visible behind `as`.

use crate::bind::Binder;
use crate::operators::OperatorKind;
use crate::plan::Rel;
use crate::syntax::ast::Name;
use crate::syntax::names::NameUse;
use crate::syntax::parser::Parser;

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

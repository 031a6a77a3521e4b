//! How a scalar of any type becomes a dynamic value in SQL.

use super::Arg;
/// A call of the runtime's function of that name.
pub(crate) use crate::sql::build::call;
use crate::types::Type;
use sqlparser::ast;

/// The argument as a dynamic value: JSON text, NULL for null.
///
/// Dynamic values stay as they are. Anything else goes through the runtime's `kql_dynamic_from_<type>`: a string
/// (NULL meaning "") and a guid become JSON strings, a datetime the JSON string `"2024-05-01T05:00:00.0000000Z"`,
/// a timespan `"1.02:03:04.5000000"`, and numbers JSON numbers. Everything that packs values (`pack_array`,
/// `bag_pack`, `make_list`, comparisons of a dynamic with a scalar …) uses this, so that they agree.
///
/// The choice is made by the Kusto type, since timespan and long, as well as string, guid and dynamic, look the
/// same to the engine.
pub fn to_dynamic_sql(arg: &Arg) -> ast::Expr {
    match dynamic_from(arg.ty) {
        Some(name) => call(name, [arg.sql.clone()]),
        None => arg.sql.clone(),
    }
}

/// The runtime function that turns a value of the type into JSON text; none for what is dynamic already.
pub fn dynamic_from(ty: Type) -> Option<&'static str> {
    Some(match ty {
        Type::Bool => "kql_dynamic_from_bool",
        Type::Int => "kql_dynamic_from_int",
        Type::Long => "kql_dynamic_from_long",
        Type::Real => "kql_dynamic_from_real",
        Type::Decimal => "kql_dynamic_from_decimal",
        Type::String => "kql_dynamic_from_string",
        Type::DateTime => "kql_dynamic_from_datetime",
        Type::Timespan => "kql_dynamic_from_timespan",
        Type::Guid => "kql_dynamic_from_guid",
        Type::Dynamic | Type::Unknown => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_kusto_type_chooses_the_function() {
        let arg =
            |ty| Arg { sql: ast::Expr::Identifier(ast::Ident::with_quote('"', "x")), ty, literal: None };
        assert_eq!(to_dynamic_sql(&arg(Type::Timespan)).to_string(), "kql_dynamic_from_timespan(\"x\")");
        assert_eq!(to_dynamic_sql(&arg(Type::Long)).to_string(), "kql_dynamic_from_long(\"x\")");
        assert_eq!(to_dynamic_sql(&arg(Type::Dynamic)).to_string(), "\"x\"");
    }
}

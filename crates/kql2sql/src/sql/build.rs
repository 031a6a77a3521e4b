//! Pieces of SQL as sqlparser's tree, parenthesised so that printing them means the same.

use sqlparser::ast::helpers::attached_token::AttachedToken;
use sqlparser::ast::{self, BinaryOperator, Expr, Ident};

use crate::types::Type;

/// A quoted identifier.
pub fn ident(name: &str) -> Ident {
    Ident::with_quote('"', name)
}

/// A column.
pub fn column(name: &str) -> Expr {
    Expr::Identifier(ident(name))
}

/// A column of a table in a join.
pub fn qualified(table: &str, name: &str) -> Expr {
    Expr::CompoundIdentifier(vec![ident(table), ident(name)])
}

/// A text.
pub fn string(text: impl Into<String>) -> Expr {
    Expr::Value(ast::Value::SingleQuotedString(text.into()).into())
}

/// A number, as written.
pub fn number(text: impl Into<String>) -> Expr {
    Expr::Value(ast::Value::Number(text.into(), false).into())
}

/// An integer. A negative one is nested, so that no two signs meet.
pub fn integer(n: i64) -> Expr {
    if n == i64::MIN {
        // Its digits alone are no 64-bit number.
        return cast(string(n.to_string()), Type::Long);
    }
    if n < 0 { unary_minus(number(n.unsigned_abs().to_string())) } else { number(n.to_string()) }
}

/// `TRUE` or `FALSE`
pub fn boolean(value: bool) -> Expr {
    Expr::Value(ast::Value::Boolean(value).into())
}

/// `NULL` of a type. That of a decimal has no digits behind the point: it goes with numbers of many digits
/// (`parse_version`) and with others.
pub fn null(ty: Type) -> Expr {
    let null = Expr::Value(ast::Value::Null.into());
    match ty {
        Type::Decimal => {
            cast_as(null, ast::DataType::Decimal(ast::ExactNumberInfo::PrecisionAndScale(38, 0)))
        }
        ty => cast(null, ty),
    }
}

/// A call of a function.
pub fn call(name: &str, args: impl IntoIterator<Item = Expr>) -> Expr {
    // The SQL grammar knows these two by themselves; the tree is what its text would parse to.
    if matches!(name, "FLOOR" | "CEIL") {
        let args: Vec<Expr> = args.into_iter().collect();
        let field = ast::CeilFloorKind::DateTimeField(ast::DateTimeField::NoDateTime);
        return match <[Expr; 1]>::try_from(args) {
            Ok([e]) if name == "CEIL" => Expr::Ceil { expr: Box::new(e), field },
            Ok([e]) => Expr::Floor { expr: Box::new(e), field },
            Err(args) => Expr::Function(function(name, args)),
        };
    }
    Expr::Function(function(name, args))
}

/// A call of a function, to be given a filter or a window.
pub fn function(name: &str, args: impl IntoIterator<Item = Expr>) -> ast::Function {
    let args = args.into_iter().map(|a| ast::FunctionArg::Unnamed(ast::FunctionArgExpr::Expr(a))).collect();
    named_function(name, args)
}

fn named_function(name: &str, args: Vec<ast::FunctionArg>) -> ast::Function {
    ast::Function {
        name: object_name(Ident::new(name)),
        uses_odbc_syntax: false,
        parameters: ast::FunctionArguments::None,
        args: ast::FunctionArguments::List(ast::FunctionArgumentList {
            duplicate_treatment: None,
            args,
            clauses: vec![],
        }),
        filter: None,
        null_treatment: None,
        over: None,
        within_group: vec![],
    }
}

fn object_name(name: Ident) -> ast::ObjectName {
    ast::ObjectName(vec![ast::ObjectNamePart::Identifier(name)])
}

/// `left op right`
pub fn binary(left: Expr, op: BinaryOperator, right: Expr) -> Expr {
    // A chain of one associative operator reads better without parentheses on its left.
    let left = match &left {
        Expr::BinaryOp { op: inner, .. }
            if *inner == op
                && matches!(
                    op,
                    BinaryOperator::And
                        | BinaryOperator::Or
                        | BinaryOperator::Plus
                        | BinaryOperator::Multiply
                ) =>
        {
            left
        }
        Expr::Between { .. } | Expr::BinaryOp { .. } | Expr::UnaryOp { .. }
            if op == BinaryOperator::And && !is_or(&left) =>
        {
            left
        }
        _ => nested(left),
    };
    let right = match &right {
        Expr::BinaryOp { .. } if op == BinaryOperator::And && is_comparison(&right) => right,
        Expr::BinaryOp { .. } if op == BinaryOperator::Or && is_comparison(&right) => right,
        _ => nested(right),
    };
    Expr::BinaryOp { left: Box::new(left), op, right: Box::new(right) }
}

fn is_or(e: &Expr) -> bool {
    matches!(e, Expr::BinaryOp { op: BinaryOperator::Or, .. })
}

fn is_comparison(e: &Expr) -> bool {
    matches!(
        e,
        Expr::BinaryOp {
            op: BinaryOperator::Eq
                | BinaryOperator::NotEq
                | BinaryOperator::Lt
                | BinaryOperator::LtEq
                | BinaryOperator::Gt
                | BinaryOperator::GtEq,
            ..
        }
    )
}

/// `-operand`
pub fn unary_minus(operand: Expr) -> Expr {
    Expr::UnaryOp { op: ast::UnaryOperator::Minus, expr: Box::new(nested(operand)) }
}

/// `NOT operand`
pub fn not(operand: Expr) -> Expr {
    Expr::UnaryOp { op: ast::UnaryOperator::Not, expr: Box::new(nested(operand)) }
}

/// The expression in parentheses, unless it binds as tightly as a name.
pub fn nested(e: Expr) -> Expr {
    match e {
        Expr::Identifier(_)
        | Expr::CompoundIdentifier(_)
        | Expr::Value(_)
        | Expr::TypedString(_)
        | Expr::Function(_)
        | Expr::Floor { .. }
        | Expr::Ceil { .. }
        | Expr::Cast { .. }
        | Expr::Case { .. }
        | Expr::Nested(_)
        | Expr::Subquery(_)
        | Expr::CompoundFieldAccess { .. } => e,
        _ => Expr::Nested(Box::new(e)),
    }
}

/// `CAST(e AS type)`
pub fn cast(e: Expr, ty: Type) -> Expr {
    cast_as(e, data_type(ty))
}

/// `CAST(e AS data_type)`
pub fn cast_as(expr: Expr, data_type: ast::DataType) -> Expr {
    Expr::Cast { kind: ast::CastKind::Cast, expr: Box::new(expr), data_type, array: false, format: None }
}

/// The SQL type that holds a Kusto type.
pub fn data_type(ty: Type) -> ast::DataType {
    use ast::DataType as D;
    match ty {
        Type::Bool => D::Boolean,
        Type::Int => D::Int(None),
        Type::Long | Type::Timespan => D::BigInt(None),
        Type::Real => D::Double(ast::ExactNumberInfo::None),
        Type::Decimal => D::Decimal(ast::ExactNumberInfo::PrecisionAndScale(38, 18)),
        Type::String | Type::Guid | Type::Dynamic | Type::Unknown => D::Varchar(None),
        Type::DateTime => D::Timestamp(None, ast::TimezoneInfo::None),
    }
}

/// `CASE WHEN condition THEN result … ELSE otherwise END`
pub fn case(branches: Vec<(Expr, Expr)>, otherwise: Expr) -> Expr {
    Expr::Case {
        case_token: AttachedToken::empty(),
        end_token: AttachedToken::empty(),
        operand: None,
        conditions: branches
            .into_iter()
            .map(|(condition, result)| ast::CaseWhen { condition, result })
            .collect(),
        else_result: Some(Box::new(otherwise)),
    }
}

/// `COALESCE(e, '')`
pub fn or_empty(e: Expr) -> Expr {
    call("COALESCE", [e, string("")])
}

/// `e['field']`: a field of a struct.
pub fn field(e: Expr, name: &str) -> Expr {
    call("get_field", [e, string(name)])
}

/// A datetime, in ticks since 0001-01-01.
pub fn timestamp(ticks: i64) -> Expr {
    if !crate::time::TIMESTAMPS.contains(&ticks) {
        return call("kql_datetime_from_ticks", [integer(ticks)]);
    }
    let mut text = String::with_capacity("2024-05-01T05:00:00.1234567Z".len());
    crate::time::write_datetime(ticks, &mut text);
    // SQL has a blank for the T, no Z, and no digits that say nothing.
    text.truncate(text.trim_end_matches('Z').trim_end_matches('0').trim_end_matches('.').len());
    let date = "2024-05-01".len();
    text.replace_range(date..=date, " ");
    Expr::TypedString(ast::TypedString {
        data_type: data_type(Type::DateTime),
        value: ast::Value::SingleQuotedString(text).into(),
        uses_odbc_syntax: false,
    })
}

/// A plain `SELECT`.
pub fn select(projection: Vec<ast::SelectItem>, from: Vec<ast::TableWithJoins>) -> Box<ast::Select> {
    Box::new(ast::Select {
        select_token: AttachedToken::empty(),
        optimizer_hints: vec![],
        distinct: None,
        select_modifiers: None,
        top: None,
        top_before_distinct: false,
        projection,
        exclude: None,
        into: None,
        from,
        lateral_views: vec![],
        prewhere: None,
        selection: None,
        connect_by: vec![],
        group_by: ast::GroupByExpr::Expressions(vec![], vec![]),
        cluster_by: vec![],
        distribute_by: vec![],
        sort_by: vec![],
        having: None,
        named_window: vec![],
        qualify: None,
        window_before_qualify: false,
        value_table_mode: None,
        flavor: ast::SelectFlavor::Standard,
    })
}

/// A query with nothing but a body.
pub fn query(body: ast::SetExpr) -> ast::Query {
    ast::Query {
        with: None,
        body: Box::new(body),
        order_by: None,
        limit_clause: None,
        fetch: None,
        locks: vec![],
        for_clause: None,
        settings: None,
        format_clause: None,
        pipe_operators: vec![],
    }
}

/// A table by its name.
pub fn table(name: &str) -> ast::TableFactor {
    table_factor(ident(name), None)
}

/// The table that a function gives.
pub fn table_function(name: &str, args: Vec<Expr>) -> ast::TableFactor {
    let args = args.into_iter().map(|a| ast::FunctionArg::Unnamed(ast::FunctionArgExpr::Expr(a)));
    table_factor(Ident::new(name), Some(ast::TableFunctionArgs { args: args.collect(), settings: None }))
}

fn table_factor(name: Ident, args: Option<ast::TableFunctionArgs>) -> ast::TableFactor {
    ast::TableFactor::Table {
        name: object_name(name),
        alias: None,
        args,
        with_hints: vec![],
        version: None,
        with_ordinality: false,
        partitions: vec![],
        json_path: None,
        sample: None,
        index_hints: vec![],
    }
}

/// `AS "name"`
pub fn alias(name: &str, explicit: bool) -> ast::TableAlias {
    ast::TableAlias { explicit, name: ident(name), columns: vec![], at: None }
}

/// One element of `FROM`.
pub fn from(relation: ast::TableFactor) -> Vec<ast::TableWithJoins> {
    vec![ast::TableWithJoins { relation, joins: vec![] }]
}

/// One sort key.
pub fn order_by(expr: Expr, descending: bool, nulls_first: bool) -> ast::OrderByExpr {
    ast::OrderByExpr {
        expr,
        options: ast::OrderByOptions { asc: Some(!descending), nulls_first: Some(nulls_first) },
        with_fill: None,
    }
}

/// A floating-point number with all its digits.
pub fn real(n: f64) -> Expr {
    if n.is_nan() || n.is_infinite() {
        let sign = if n < 0.0 { "-" } else { "" };
        let text = if n.is_nan() { "NaN".to_owned() } else { format!("{sign}Infinity") };
        return cast(string(text), Type::Real);
    }
    let text = format!("{:?}", n.abs());
    let sql =
        if text.contains('e') || text.contains('.') { number(text) } else { number(format!("{text}.0")) };
    if n.is_sign_negative() { unary_minus(sql) } else { sql }
}

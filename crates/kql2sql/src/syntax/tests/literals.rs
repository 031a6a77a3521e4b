//! The values of literals.

use super::printed;
use crate::syntax::ast::{ExprKind, Literal};
use crate::types::Type;

fn value(source: &str) -> Literal {
    match printed(source).kind {
        ExprKind::Literal(literal) => literal,
        other => panic!("{source}: {other:?}"),
    }
}

#[test]
fn strings() {
    for (source, expected) in [
        (r#""""#, ""),
        (r"'a\'b'", "a'b"),
        (r#""a'b""#, "a'b"),
        (r#""\\ \t \n \r \" \' \a""#, "\\ \t \n \r \" ' \u{7}"),
        (r#""\x41\u00e4\101\0""#, "AäA\0"),
        (r#""\ud83d\ude00 \U0001F600""#, "😀 😀"),
        (r#"@"C:\new""x""#, "C:\\new\"x"),
        (r"@'\d+''s'", "\\d+'s"),
        (r#"h"secret""#, "secret"),
        (r"H@'a\b'", "a\\b"),
        ("```two\nlines \\n```", "two\nlines \\n"),
        ("~~~a ``` b~~~", "a ``` b"),
        (r#""a" 'b' @"c""#, "abc"),
    ] {
        assert_eq!(value(source), Literal::String(expected.to_owned()), "{source}");
    }
}

#[test]
fn numbers() {
    assert_eq!(value("5"), Literal::Long(5));
    assert_eq!(value("0x1F"), Literal::Long(31));
    assert_eq!(value("long(-7)"), Literal::Long(-7));
    assert_eq!(value("long(-9223372036854775808)"), Literal::Long(i64::MIN));
    assert_eq!(value("int( 3 )"), Literal::Int(3));
    assert_eq!(value("int(0xffffffff)"), Literal::Int(-1));
    assert_eq!(value("1.5"), Literal::Real(1.5));
    assert_eq!(value("1."), Literal::Real(1.0));
    assert_eq!(value("1e3"), Literal::Real(1000.0));
    assert_eq!(value("2.5E-1"), Literal::Real(0.25));
    assert_eq!(value("real(1)"), Literal::Real(1.0));
    assert_eq!(value("double(-inf)"), Literal::Real(f64::NEG_INFINITY));
    assert!(matches!(value("real(nan)"), Literal::Real(v) if v.is_nan()));
    assert_eq!(value("decimal(1.10)"), Literal::Decimal("1.10".to_owned()));
    assert_eq!(value("True"), Literal::Bool(true));
    assert_eq!(value("bool(0)"), Literal::Bool(false));
}

#[test]
fn times() {
    const SECOND: i64 = 10_000_000;
    for (source, ticks) in [
        ("1d", 86_400 * SECOND),
        ("1.5h", 5_400 * SECOND),
        ("10minutes", 600 * SECOND),
        ("2sec", 2 * SECOND),
        ("5ms", SECOND / 200),
        ("6microseconds", 60),
        ("7ticks", 7),
        ("250nanos", 2),
        ("time(1.02:03:04)", 93_784 * SECOND),
        ("timespan(-00:00:01.5)", -3 * SECOND / 2),
        ("timespan(2)", 172_800 * SECOND),
    ] {
        assert_eq!(value(source), Literal::Timespan(ticks), "{source}");
    }
    let day = 738_274 * 86_400 * SECOND;
    assert_eq!(value("datetime(2022-04-30)"), Literal::DateTime(day));
    assert_eq!(value("date(2022-4-30 00:00:01)"), Literal::DateTime(day + SECOND));
    assert_eq!(value("datetime(\"2022-04-30T02:00:00.0000001+02:00\")"), Literal::DateTime(day + 1));
}

#[test]
fn typed_nulls_and_guids() {
    for (source, ty) in [
        ("int(null)", Type::Int),
        ("datetime(null)", Type::DateTime),
        ("guid(null)", Type::Guid),
        ("dynamic(null)", Type::Dynamic),
    ] {
        assert_eq!(value(source), Literal::Null(ty), "{source}");
    }
    let guid = "74be27de-1e4e-49d9-b579-fe0b331d3642".to_owned();
    assert_eq!(value("guid(74BE27DE-1e4e-49d9-b579-fe0b331d3642)"), Literal::Guid(guid.clone()));
    assert_eq!(value("guid(74be27de1e4e49d9b579fe0b331d3642)"), Literal::Guid(guid));
}

#[test]
fn dynamic_is_canonical_json() {
    for (source, json) in [
        ("dynamic([1, 2.50, -3, 'x', true, null])", "[1,2.50,-3,\"x\",true,null]"),
        ("dynamic({ 'a' : { \"b\" : [] } })", "{\"a\":{\"b\":[]}}"),
        ("dynamic(\"q\\\"\\n\")", "\"q\\\"\\n\""),
        ("dynamic([1., 0x10])", "[1.0,16]"),
        (
            "dynamic([datetime(2022-04-30), 1h, dynamic({})])",
            "[\"2022-04-30T00:00:00.0000000Z\",\"01:00:00\",{}]",
        ),
    ] {
        assert_eq!(value(source), Literal::Dynamic(json.to_owned()), "{source}");
    }
}

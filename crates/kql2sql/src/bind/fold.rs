//! Constants computed at translation, where that makes the SQL readable: signs, and dates that depend
//! on a fixed `now()`.

use crate::plan::{Expr, ExprKind};
use crate::syntax::ast::Literal;
use crate::time::{DAY, Date, MAX_DATETIME, SECOND};
use crate::types::Type;

/// The value of a call whose arguments are constants, for the few functions that are worth it.
pub(super) fn fold(name: &str, args: &[Expr], now: Option<i64>) -> Option<Literal> {
    use Literal::{DateTime, Int, Long, Real, Timespan};
    let literals: Vec<&Literal> = args.iter().map(Expr::as_literal).collect::<Option<_>>()?;
    Some(match (name, literals.as_slice()) {
        ("now", []) => DateTime(now?),
        ("now", [Timespan(t)]) => DateTime(date(now?.checked_add(*t)?)?),
        ("ago", [Timespan(t)]) => DateTime(date(now?.checked_sub(*t)?)?),
        // Where it is one that the engine's timestamps do not reach, it must be known here.
        ("make_datetime", parts @ [_, _, _, ..]) => DateTime(date_of(parts)?),
        ("startofday", [DateTime(d)]) => DateTime(d - d.rem_euclid(DAY)),
        ("+", [DateTime(d), Timespan(t)] | [Timespan(t), DateTime(d)]) => DateTime(date(d.checked_add(*t)?)?),
        ("-", [DateTime(d), Timespan(t)]) => DateTime(date(d.checked_sub(*t)?)?),
        ("-", [DateTime(a), DateTime(b)]) => Timespan(a - b),
        ("+", [Timespan(a), Timespan(b)]) => Timespan(a.checked_add(*b)?),
        ("-", [Timespan(a), Timespan(b)]) => Timespan(a.checked_sub(*b)?),
        ("*", [Timespan(t), Long(n)] | [Long(n), Timespan(t)]) => Timespan(t.checked_mul(*n)?),
        ("unary -", [Long(n)]) => Long(n.checked_neg()?),
        ("unary -", [Int(n)]) => Int(n.checked_neg()?),
        ("unary -", [Real(n)]) => Real(-n),
        ("unary -", [Timespan(n)]) => Timespan(n.checked_neg()?),
        ("unary +", [value @ (Long(_) | Int(_) | Real(_) | Timespan(_))]) => (*value).clone(),
        _ => return None,
    })
}

/// The datetime of a year, month, day and time, all of them whole numbers.
fn date_of(parts: &[&Literal]) -> Option<i64> {
    let mut numbers = [0; 6];
    for (number, part) in numbers.iter_mut().zip(parts) {
        *number = match part {
            Literal::Int(n) => i64::from(*n),
            Literal::Long(n) => *n,
            _ => return None,
        };
    }
    let [year, month, day, hour, minute, second] = numbers;
    let time = (0..24).contains(&hour) && (0..60).contains(&minute) && (0..60).contains(&second);
    time.then_some(Date::new(year, month, day)?.ticks() + ((hour * 60 + minute) * 60 + second) * SECOND)
}

/// Whether a condition holds, where it is a constant: for `assert`.
pub(super) fn truth(condition: &Expr) -> Option<bool> {
    use std::cmp::Ordering;
    let (function, args) = match &condition.kind {
        ExprKind::Literal(Literal::Bool(value)) => return Some(*value),
        ExprKind::Call { function, args, .. } => (function.name, args.as_slice()),
        _ => return None,
    };
    let [left, right] = args else {
        let [only] = args else { return None };
        return match (function, only.as_literal()) {
            ("not", _) => truth(only).map(|value| !value),
            ("isempty", Some(Literal::String(text))) => Some(text.is_empty()),
            ("isnotempty", Some(Literal::String(text))) => Some(!text.is_empty()),
            ("isnull", Some(literal)) => Some(matches!(literal, Literal::Null(_))),
            ("isnotnull", Some(literal)) => Some(!matches!(literal, Literal::Null(_))),
            _ => None,
        };
    };
    match function {
        "and" => return Some(truth(left)? && truth(right)?),
        "or" => return Some(truth(left)? || truth(right)?),
        _ => {}
    }
    let order = match (left.as_literal()?, right.as_literal()?) {
        (Literal::String(a), Literal::String(b)) => a.cmp(b),
        (Literal::Long(a), Literal::Long(b)) => a.cmp(b),
        (Literal::Int(a), Literal::Int(b)) => a.cmp(b),
        (Literal::Real(a), Literal::Real(b)) => a.partial_cmp(b)?,
        (Literal::DateTime(a), Literal::DateTime(b)) => a.cmp(b),
        (Literal::Timespan(a), Literal::Timespan(b)) => a.cmp(b),
        (Literal::Bool(a), Literal::Bool(b)) => a.cmp(b),
        _ => return None,
    };
    Some(match function {
        "==" => order == Ordering::Equal,
        "!=" => order != Ordering::Equal,
        "<" => order == Ordering::Less,
        "<=" => order != Ordering::Greater,
        ">" => order == Ordering::Greater,
        ">=" => order != Ordering::Less,
        _ => return None,
    })
}

/// The ticks, if they are within Kusto's years 1 to 9999.
fn date(ticks: i64) -> Option<i64> {
    (0..=MAX_DATETIME).contains(&ticks).then_some(ticks)
}

/// The constant converted to a wider type.
pub(super) fn convert(literal: &Literal, to: Type) -> Option<Literal> {
    Some(match (literal, to) {
        (Literal::Int(n), Type::Long) => Literal::Long(i64::from(*n)),
        (Literal::Int(n), Type::Real) => Literal::Real(f64::from(*n)),
        (Literal::Long(n), Type::Real) => Literal::Real(*n as f64),
        (Literal::Int(n), Type::Decimal) => Literal::Decimal(n.to_string()),
        (Literal::Long(n), Type::Decimal) => Literal::Decimal(n.to_string()),
        (Literal::Null(_), to) => Literal::Null(to),
        _ => return None,
    })
}

/// Wraps an expression in a conversion, unless it has the type already.
pub(crate) fn cast(expr: Expr, to: Type) -> Expr {
    if expr.ty == to || expr.ty == Type::Unknown || to == Type::Unknown {
        return expr;
    }
    let span = expr.span;
    match expr.as_literal().and_then(|l| convert(l, to)) {
        Some(l) => Expr { kind: ExprKind::Literal(l), ty: to, span },
        None => Expr { kind: ExprKind::Cast(Box::new(expr)), ty: to, span },
    }
}

//! Constants computed at translation, where that makes the SQL readable: signs, and dates that depend
//! on a fixed `now()`.

use crate::plan::{Expr, ExprKind};
use crate::syntax::ast::Literal;
use crate::types::Type;

const DAY: i64 = 864_000_000_000;

/// The value of a call whose arguments are constants, for the few functions that are worth it.
pub(super) fn fold(name: &str, args: &[Expr], now: Option<i64>) -> Option<Literal> {
    use Literal::{DateTime, Int, Long, Real, Timespan};
    let literals: Vec<&Literal> = args.iter().map(Expr::as_literal).collect::<Option<_>>()?;
    Some(match (name, literals.as_slice()) {
        ("now", []) => DateTime(now?),
        ("now", [Timespan(t)]) => DateTime(date(now?.checked_add(*t)?)?),
        ("ago", [Timespan(t)]) => DateTime(date(now?.checked_sub(*t)?)?),
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

/// The ticks, if they are within Kusto's years 1 to 9999.
fn date(ticks: i64) -> Option<i64> {
    (0..3_155_378_976_000_000_000).contains(&ticks).then_some(ticks)
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

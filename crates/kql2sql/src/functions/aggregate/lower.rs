//! How the aggregates become SQL.
//!
//! Where SQL's own aggregate gives Kusto's answer it is used, with what Kusto says of groups without values
//! around it (`COALESCE(SUM(x), 0)`), and `…if` is a `FILTER`. Everything else is an aggregate of the runtime.
//!
//! The type decides between the runtime's forms of lists and sets: timespans and decimals look like numbers
//! to the engine, and of a NULL in a text only Kusto's type tells whether it is a null (guid, dynamic) or "".

use crate::functions::to_dynamic::to_dynamic_sql;
use crate::functions::{Arg, Call, Refusal};
use crate::sql::build::{binary, call, cast, field, function, integer, number, string};
use crate::syntax::ast::Literal;
use crate::types::Type;
use sqlparser::ast;

type Lowered = Result<ast::Expr, Refusal>;

/// `name(args) FILTER (WHERE predicate)`
fn filtered(name: &str, args: Vec<ast::Expr>, predicate: Option<ast::Expr>) -> ast::Expr {
    let mut f = function(name, args);
    f.filter = predicate.map(Box::new);
    ast::Expr::Function(f)
}

/// The aggregate of the first argument; the second is its predicate, if there is one.
fn alone(name: &str, c: Call) -> ast::Expr {
    let mut args = c.sqls().into_iter();
    let value = args.next().into_iter().collect();
    filtered(name, value, args.next())
}

/// `COALESCE(e, otherwise)`
fn or(e: ast::Expr, otherwise: ast::Expr) -> ast::Expr {
    call("COALESCE", [e, otherwise])
}

fn both(left: Option<ast::Expr>, right: Option<ast::Expr>) -> Option<ast::Expr> {
    match (left, right) {
        (Some(left), Some(right)) => Some(binary(left, ast::BinaryOperator::And, right)),
        (left, right) => left.or(right),
    }
}

/// The SQL of an argument that is there.
fn sql(call: &Call, index: usize) -> Option<ast::Expr> {
    call.args.get(index).map(|a| a.sql.clone())
}

fn first(call: &Call) -> Result<&Arg, Refusal> {
    call.args.first().ok_or_else(missing)
}

fn missing() -> Refusal {
    Refusal("an argument is missing".into())
}

fn is_not_null(e: &ast::Expr) -> ast::Expr {
    ast::Expr::IsNotNull(Box::new(e.clone()))
}

/// A constant whole number, such as the greatest size of a list.
fn constant(arg: &Arg) -> Lowered {
    match arg.literal {
        Some(Literal::Long(n)) => Ok(integer(n)),
        Some(Literal::Int(n)) => Ok(integer(n.into())),
        _ => Err(Refusal("its last argument must be a whole number, written out".into())),
    }
}

/// `sum(x)`, `sumif(x, predicate)`
pub(super) fn sum(c: Call) -> Lowered {
    let x = first(&c)?;
    if x.ty == Type::DateTime {
        return Err(Refusal("datetimes cannot be added up; add up their distances from a datetime".into()));
    }
    let total = if x.ty == Type::Decimal { wide_decimal("SUM", &c)? } else { alone("SUM", c) };
    Ok(or(total, number("0")))
}

/// An aggregate of decimals in twice as many digits: in the engine's own number of them it wraps around.
fn wide_decimal(name: &str, c: &Call) -> Lowered {
    let wide = ast::DataType::Decimal(ast::ExactNumberInfo::PrecisionAndScale(76, 18));
    let x = super::super::conversion::cast(first(c)?.sql.clone(), wide);
    Ok(cast(filtered(name, vec![x], sql(c, 1)), Type::Decimal))
}

/// `min(x)`, `minif(x, predicate)`
pub(super) fn min(c: Call) -> Lowered {
    extreme(&c, "MIN", "kql_min")
}

/// `max(x)`, `maxif(x, predicate)`
pub(super) fn max(c: Call) -> Lowered {
    extreme(&c, "MAX", "kql_max")
}

fn extreme(c: &Call, plain: &str, real: &str) -> Lowered {
    let x = first(c)?;
    // The engine's own does not know what to do with NaN.
    let name = if x.ty == Type::Real { real } else { plain };
    Ok(filtered(name, vec![x.sql.clone()], sql(c, 1)))
}

/// `avg(x)`, `avgif(x, predicate)`
pub(super) fn avg(c: Call) -> Lowered {
    let x = first(&c)?;
    let average = |name| filtered(name, vec![x.sql.clone()], sql(&c, 1));
    Ok(match x.ty {
        Type::DateTime => average("kql_avg_datetime"),
        Type::Timespan => average("kql_avg_timespan"),
        Type::Decimal => wide_decimal("AVG", &c)?,
        // Of whole numbers the sum is one, too, and wraps around where it overflows.
        Type::Int | Type::Long => {
            let mean = binary(
                cast(average("SUM"), Type::Real),
                ast::BinaryOperator::Divide,
                cast(average("COUNT"), Type::Real),
            );
            or(mean, cast(string("NaN"), Type::Real))
        }
        _ => or(average("AVG"), cast(string("NaN"), Type::Real)),
    })
}

/// A statistic of numbers: 0 where there are too few values.
fn statistic(c: &Call, name: &str, values: usize) -> Lowered {
    let args: Vec<_> = c.args.iter().take(values).collect();
    if let Some(x) = args.iter().find(|a| !a.ty.is_number()) {
        return Err(Refusal(format!("it is not translated for {}; divide by a timespan first", x.ty)));
    }
    let args = args
        .into_iter()
        .map(|a| if a.ty == Type::Decimal { cast(a.sql.clone(), Type::Real) } else { a.sql.clone() })
        .collect();
    Ok(or(filtered(name, args, sql(c, values)), number("0")))
}

/// `stdev(x)`, `stdevif(x, predicate)`
pub(super) fn stdev(c: Call) -> Lowered {
    statistic(&c, "STDDEV_SAMP", 1)
}

/// `stdevp(x)`
pub(super) fn stdevp(c: Call) -> Lowered {
    statistic(&c, "STDDEV_POP", 1)
}

/// `variance(x)`, `varianceif(x, predicate)`. Kusto rounds variances (not deviations) to ten digits.
pub(super) fn variance(c: Call) -> Lowered {
    Ok(call("ROUND", [statistic(&c, "VAR_SAMP", 1)?, number("10")]))
}

/// `variancep(x)`, `variancepif(x, predicate)`
pub(super) fn variancep(c: Call) -> Lowered {
    Ok(call("ROUND", [statistic(&c, "VAR_POP", 1)?, number("10")]))
}

/// `covariance(x, y)`, `covarianceif(x, y, predicate)`
pub(super) fn covariance(c: Call) -> Lowered {
    statistic(&c, "COVAR_SAMP", 2)
}

/// `covariancep(x, y)`, `covariancepif(x, y, predicate)`
pub(super) fn covariancep(c: Call) -> Lowered {
    statistic(&c, "COVAR_POP", 2)
}

/// `binary_all_or(x)`
pub(super) fn binary_all_or(c: Call) -> Lowered {
    bits(&c, "BIT_OR")
}

/// `binary_all_and(x)`
pub(super) fn binary_all_and(c: Call) -> Lowered {
    bits(&c, "BIT_AND")
}

/// `binary_all_xor(x)`
pub(super) fn binary_all_xor(c: Call) -> Lowered {
    bits(&c, "BIT_XOR")
}

fn bits(c: &Call, name: &str) -> Lowered {
    let x = first(c)?;
    if !x.ty.is_integer() {
        return Err(Refusal(format!("it is not translated for {}; convert it with tolong()", x.ty)));
    }
    Ok(call(name, [x.sql.clone()]))
}

/// Which NULLs are nulls and not "": those of texts that are no strings.
fn null_text(x: &Arg) -> Option<ast::Expr> {
    matches!(x.ty, Type::Guid | Type::Dynamic).then(|| is_not_null(&x.sql))
}

/// `dcount(x [, accuracy])`
pub(super) fn dcount(c: Call) -> Lowered {
    distinct(&c, "kql_dcount", first(&c)?.sql.clone(), None, c.args.get(1))
}

/// `dcountif(x, predicate [, accuracy])`
pub(super) fn dcount_if(c: Call) -> Lowered {
    distinct(&c, "kql_dcount", first(&c)?.sql.clone(), sql(&c, 1), c.args.get(2))
}

/// `hll(x [, accuracy])`
pub(super) fn hll(c: Call) -> Lowered {
    distinct(&c, "kql_hll", hashable(&c)?, None, c.args.get(1))
}

/// `hll_if(x, predicate [, accuracy])`
pub(super) fn hll_if(c: Call) -> Lowered {
    distinct(&c, "kql_hll", hashable(&c)?, sql(&c, 1), c.args.get(2))
}

/// The value for a sketch, which may be merged with one of another type: equal numbers are to have equal hashes.
fn hashable(c: &Call) -> Lowered {
    let x = first(c)?;
    Ok(if x.ty == Type::Int { cast(x.sql.clone(), Type::Long) } else { x.sql.clone() })
}

fn distinct(
    c: &Call,
    name: &str,
    value: ast::Expr,
    predicate: Option<ast::Expr>,
    accuracy: Option<&Arg>,
) -> Lowered {
    let mut args = vec![value];
    if let Some(accuracy) = accuracy {
        match &accuracy.literal {
            Some(Literal::Long(0..=4) | Literal::Int(0..=4)) => args.push(constant(accuracy)?),
            _ => return Err(Refusal("its accuracy must be a number from 0 to 4, written out".into())),
        }
    }
    Ok(filtered(name, args, both(predicate, null_text(first(c)?))))
}

/// `make_list(x [, maxSize])`
pub(super) fn make_list(c: Call) -> Lowered {
    collect(c, "kql_make_list", false)
}

/// `make_list_if(x, predicate [, maxSize])`
pub(super) fn make_list_if(c: Call) -> Lowered {
    collect(c, "kql_make_list", true)
}

/// `make_set(x [, maxSize])`
pub(super) fn make_set(c: Call) -> Lowered {
    collect(c, "kql_make_set", false)
}

/// `make_set_if(x, predicate [, maxSize])`
pub(super) fn make_set_if(c: Call) -> Lowered {
    collect(c, "kql_make_set", true)
}

/// The value, with a `conditional` aggregate the predicate, and perhaps the greatest size.
fn collect(c: Call, name: &str, conditional: bool) -> Lowered {
    let mut args = c.args.into_iter();
    let x = args.next().ok_or_else(missing)?;
    let predicate = if conditional { args.next().map(|predicate| predicate.sql) } else { None };
    let size = args.next().as_ref().map(constant).transpose()?;
    let (name, value, predicate) = match x.ty {
        Type::Dynamic => (format!("{name}_dynamic"), x.sql, predicate),
        Type::Timespan | Type::Decimal | Type::Guid => {
            (format!("{name}_dynamic"), to_dynamic_sql(&x), both(predicate, Some(is_not_null(&x.sql))))
        }
        _ => (name.to_owned(), x.sql, predicate),
    };
    Ok(filtered(&name, std::iter::once(value).chain(size).collect(), predicate))
}

/// `make_list_with_nulls(x)`
pub(super) fn make_list_with_nulls(c: Call) -> Lowered {
    let x = first(&c)?;
    Ok(match x.ty {
        Type::Dynamic | Type::Timespan | Type::Decimal | Type::Guid => {
            call("kql_make_list_dynamic", [to_dynamic_sql(x)])
        }
        _ => call("kql_make_list_with_nulls", [x.sql.clone()]),
    })
}

/// `make_bag(x [, maxSize])`
pub(super) fn make_bag(c: Call) -> Lowered {
    bag(&c, None, c.args.get(1))
}

/// `make_bag_if(x, predicate [, maxSize])`
pub(super) fn make_bag_if(c: Call) -> Lowered {
    bag(&c, sql(&c, 1), c.args.get(2))
}

fn bag(c: &Call, predicate: Option<ast::Expr>, size: Option<&Arg>) -> Lowered {
    let size = size.map(constant).transpose()?;
    let args = std::iter::once(first(c)?.sql.clone()).chain(size).collect();
    Ok(filtered("kql_make_bag", args, predicate))
}

/// `arg_max(x, a, b)`: a struct of `f0` (x), `f1` (a) … all from one row.
pub(super) fn arg_max(c: Call) -> Lowered {
    Ok(call("kql_arg_max", c.sqls()))
}

/// `arg_min(x, a, b)`: the same struct.
pub(super) fn arg_min(c: Call) -> Lowered {
    Ok(call("kql_arg_min", c.sqls()))
}

/// `take_any(x)`; of several arguments a struct of `f0`, `f1` … all from one row.
pub(super) fn take_any(c: Call) -> Lowered {
    match c.args.as_slice() {
        [x] => Ok(any(x, None)),
        args => Ok(call("kql_take_any", args.iter().map(|a| a.sql.clone()))),
    }
}

/// `take_anyif(x, predicate)`
pub(super) fn take_any_if(c: Call) -> Lowered {
    Ok(any(first(&c)?, sql(&c, 1)))
}

fn any(x: &Arg, predicate: Option<ast::Expr>) -> ast::Expr {
    let there = if x.ty == Type::String {
        binary(x.sql.clone(), ast::BinaryOperator::NotEq, string(""))
    } else {
        is_not_null(&x.sql)
    };
    filtered("FIRST_VALUE", vec![x.sql.clone()], both(predicate, Some(there)))
}

/// `percentile(x, p)`
pub(super) fn percentile(c: Call) -> Lowered {
    ranked(&c, "kql_percentile", 1)
}

/// `percentilew(x, weight, p)`
pub(super) fn percentilew(c: Call) -> Lowered {
    ranked(&c, "kql_percentilew", 2)
}

/// `percentiles(x, p, …)`: a struct of `f0`, `f1` …
pub(super) fn percentiles(c: Call) -> Lowered {
    ranked(&c, "kql_percentiles", 1)
}

/// `percentilesw(x, weight, p, …)`: a struct of `f0`, `f1` …
pub(super) fn percentilesw(c: Call) -> Lowered {
    ranked(&c, "kql_percentilesw", 2)
}

/// `tdigest(x [, weight])`
pub(super) fn tdigest(c: Call) -> Lowered {
    let (value, ty) = rankable(first(&c)?)?;
    let kind = string(ty.name());
    Ok(match sql(&c, 1) {
        Some(weight) => call("kql_tdigestw", [value, weight, kind]),
        None => call("kql_tdigest", [value, kind]),
    })
}

/// A percentile aggregate whose percentiles stand from `from` on.
fn ranked(c: &Call, name: &str, from: usize) -> Lowered {
    let percentiles: Vec<_> = constants(&c.args[from.min(c.args.len())..])?;
    let mut args = vec![rankable(first(c)?)?.0];
    args.extend(c.args[1..from].iter().map(|a| a.sql.clone()));
    args.extend(percentiles.into_iter().map(number));
    Ok(call(name, args))
}

/// `percentiles_array(x, p, …)`, `percentiles_array(x, dynamic([p, …]))`
pub(super) fn percentiles_array(c: Call) -> Lowered {
    ranked_array(&c, "kql_percentiles", 1)
}

/// `percentilesw_array(x, weight, p, …)`, `percentilesw_array(x, weight, dynamic([p, …]))`
pub(super) fn percentilesw_array(c: Call) -> Lowered {
    ranked_array(&c, "kql_percentilesw", 2)
}

fn ranked_array(c: &Call, name: &str, from: usize) -> Lowered {
    let percentiles: Vec<_> = constants(&c.args[from.min(c.args.len())..])?;
    let (value, ty) = rankable(first(c)?)?;
    let mut args = vec![value];
    args.extend(c.args[1..from].iter().map(|a| a.sql.clone()));
    let count = percentiles.len();
    args.extend(percentiles.into_iter().map(number));
    let all = call(name, args);
    let one = |i| to_dynamic_sql(&Arg { sql: field(all.clone(), &format!("f{i}")), ty, literal: None });
    Ok(call("kql_pack_array", (0..count).map(one)))
}

/// The percentiles, as SQL numbers.
fn constants(args: &[Arg]) -> Result<Vec<String>, Refusal> {
    let refusal = || Refusal("its percentiles must be numbers from 0 to 100, written out".into());
    let mut all = Vec::new();
    for arg in args {
        match &arg.literal {
            Some(Literal::Long(n)) => all.push(n.to_string()),
            Some(Literal::Int(n)) => all.push(n.to_string()),
            Some(Literal::Real(n)) => all.push(n.to_string()),
            Some(Literal::Decimal(n)) => all.push(n.clone()),
            Some(Literal::Dynamic(json)) => {
                let inside = json.strip_prefix('[').and_then(|j| j.strip_suffix(']')).ok_or_else(refusal)?;
                all.extend(inside.split(',').map(str::to_owned));
            }
            _ => return Err(refusal()),
        }
    }
    let valid = |n: &String| n.parse::<f64>().is_ok_and(|n| (0.0..=100.0).contains(&n));
    if all.is_empty() || !all.iter().all(valid) { Err(refusal()) } else { Ok(all) }
}

/// The value in a type that the runtime ranks, with the type that its percentiles have.
fn rankable(x: &Arg) -> Result<(ast::Expr, Type), Refusal> {
    Ok(match x.ty {
        Type::Int => (cast(x.sql.clone(), Type::Long), Type::Long),
        Type::Decimal => (cast(x.sql.clone(), Type::Real), Type::Real),
        Type::Long | Type::Real | Type::DateTime | Type::Timespan => (x.sql.clone(), x.ty),
        other => return Err(Refusal(format!("{other} values have no percentiles here"))),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sql::build::column;

    fn args(types: &[(&str, Type)]) -> Vec<Arg> {
        types.iter().map(|(name, ty)| Arg { sql: column(name), ty: *ty, literal: None }).collect()
    }

    fn literal(value: Literal, ty: Type) -> Arg {
        Arg { sql: number("0"), ty, literal: Some(value) }
    }

    fn text(lower: fn(Call) -> Lowered, args: &[Arg]) -> String {
        let args = args.to_vec();
        lower(Call { args, ty: Type::Dynamic }).map_or_else(|Refusal(why)| why, |sql| sql.to_string())
    }

    #[test]
    fn groups_without_values_and_filters() {
        let two = args(&[("x", Type::Long), ("p", Type::Bool)]);
        assert_eq!(text(sum, &two[..1]), r#"COALESCE(SUM("x"), 0)"#);
        assert_eq!(text(sum, &two), r#"COALESCE(SUM("x") FILTER (WHERE "p"), 0)"#);
        assert_eq!(
            text(avg, &two[..1]),
            r#"COALESCE(CAST(SUM("x") AS DOUBLE) / CAST(COUNT("x") AS DOUBLE), CAST('NaN' AS DOUBLE))"#
        );
        let real = args(&[("x", Type::Real)]);
        assert_eq!(text(avg, &real), r#"COALESCE(AVG("x"), CAST('NaN' AS DOUBLE))"#);
        assert_eq!(text(stdev, &two[..1]), r#"COALESCE(STDDEV_SAMP("x"), 0)"#);
        assert_eq!(text(variance, &two[..1]), r#"ROUND(COALESCE(VAR_SAMP("x"), 0), 10)"#);
        assert_eq!(text(max, &args(&[("x", Type::Real)])), r#"kql_max("x")"#);
        assert_eq!(text(max, &two), r#"MAX("x") FILTER (WHERE "p")"#);
        assert!(text(sum, &args(&[("t", Type::DateTime)])).contains("cannot be added up"));
        assert!(text(stdev, &args(&[("t", Type::Timespan)])).contains("not translated for timespan"));
    }

    #[test]
    fn the_type_chooses_the_form_of_a_list() {
        assert_eq!(text(make_list, &args(&[("x", Type::String)])), r#"kql_make_list("x")"#);
        assert_eq!(text(make_set, &args(&[("x", Type::Dynamic)])), r#"kql_make_set_dynamic("x")"#);
        assert_eq!(
            text(make_set_if, &args(&[("x", Type::Timespan), ("p", Type::Bool)])),
            r#"kql_make_set_dynamic(kql_dynamic_from_timespan("x")) FILTER (WHERE "p" AND ("x" IS NOT NULL))"#
        );
        let sized = [&args(&[("x", Type::Long)])[..], &[literal(Literal::Long(3), Type::Long)]].concat();
        assert_eq!(text(make_list, &sized), r#"kql_make_list("x", 3)"#);
        let unsized_ = args(&[("x", Type::Long), ("n", Type::Long)]);
        assert!(text(make_list, &unsized_).contains("written out"));
        assert_eq!(
            text(dcount, &args(&[("x", Type::Guid)])),
            r#"kql_dcount("x") FILTER (WHERE "x" IS NOT NULL)"#
        );
    }

    #[test]
    fn percentiles_are_constants() {
        let call = [&args(&[("x", Type::Int)])[..], &[literal(Literal::Real(99.9), Type::Real)]].concat();
        assert_eq!(text(percentile, &call), r#"kql_percentile(CAST("x" AS BIGINT), 99.9)"#);
        let array = literal(Literal::Dynamic("[5,50]".into()), Type::Dynamic);
        let call = [&args(&[("x", Type::DateTime)])[..], &[array]].concat();
        assert_eq!(
            text(percentiles_array, &call),
            r#"kql_pack_array(kql_dynamic_from_datetime(get_field(kql_percentiles("x", 5, 50), 'f0')), kql_dynamic_from_datetime(get_field(kql_percentiles("x", 5, 50), 'f1')))"#
        );
        for wrong in [Literal::Long(101), Literal::Dynamic("{}".into()), Literal::Dynamic("[\"a\"]".into())] {
            let call = [&args(&[("x", Type::Long)])[..], &[literal(wrong, Type::Long)]].concat();
            assert!(text(percentiles_array, &call).contains("from 0 to 100"));
        }
        assert!(text(percentile, &args(&[("x", Type::Long), ("p", Type::Real)])).contains("written out"));
    }

    #[test]
    fn any_value_is_one_that_is_there() {
        assert_eq!(
            text(take_any, &args(&[("x", Type::Long)])),
            r#"FIRST_VALUE("x") FILTER (WHERE "x" IS NOT NULL)"#
        );
        assert_eq!(
            text(take_any_if, &args(&[("x", Type::String), ("p", Type::Bool)])),
            r#"FIRST_VALUE("x") FILTER (WHERE "p" AND "x" <> '')"#
        );
        assert_eq!(
            text(take_any, &args(&[("x", Type::Long), ("y", Type::Long)])),
            r#"kql_take_any("x", "y")"#
        );
    }
}

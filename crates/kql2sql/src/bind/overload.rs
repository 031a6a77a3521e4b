//! Which overload of a function a call means, and what it returns: the rules of Kusto.Language.

use crate::functions::{ArgForm, Function, Overload, Param, ParamKind, Returns};
use crate::plan::{Expr, ExprKind};
use crate::shape::Shape;
use crate::types::Type;

/// How well an argument fits a parameter; a later one fits better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    None,
    Unknown,
    Dynamic,
    Promoted,
    NotType,
    OneOfMany,
    Scalar,
    Summable,
    Orderable,
    Number,
    Integer,
    Exact,
}

/// The parameter that each of `count` arguments belongs to. Repeating parameters take turns
/// (`case(predicate, then, …, else)`), required ones behind them come last.
///
/// An optional parameter behind repeating ones takes the last argument only if that fits it.
pub fn argument_parameters(params: &'static [Param], args: &[Expr]) -> Vec<Option<&'static Param>> {
    let count = args.len();
    let Some(first) = params.iter().position(|p| p.max > 1) else {
        return (0..count).map(|i| params.get(i)).collect();
    };
    let repeating: Vec<&Param> = params[first..].iter().take_while(|p| p.max > 1).collect();
    let mut tail = &params[first + repeating.len()..];
    if let (Some(optional), Some(last)) = (tail.last(), args.last())
        && optional.min == 0
        && fit(Some(optional), last, &[], &[]) == Fit::None
    {
        tail = &tail[..tail.len() - 1];
    }
    let tail_start = count.saturating_sub(tail.len()).max(first);
    (0..count)
        .map(|i| {
            if i < first {
                params.get(i)
            } else if i < tail_start {
                Some(repeating[(i - first) % repeating.len()])
            } else {
                tail.get(i - tail_start)
            }
        })
        .collect()
}

/// The smallest and greatest number of arguments.
pub fn arity(overload: &Overload) -> (usize, usize) {
    let min = overload.params.iter().map(|p| usize::from(p.min)).sum();
    let max = overload.params.iter().map(|p| usize::from(p.max)).sum();
    (min, max)
}

/// Whether the overload takes that many arguments.
pub fn accepts_count(overload: &Overload, count: usize) -> bool {
    let (min, max) = arity(overload);
    let repeating = overload.params.iter().filter(|p| p.max > 1).count();
    // Parameters that repeat together must be given together.
    let fixed = overload.params.len() - repeating;
    count >= min && count <= max && (repeating < 2 || (count - fixed.min(count)).is_multiple_of(repeating))
}

/// The index of the overload that fits the arguments best, if one takes that many.
///
/// Where none fits, the nearest is chosen, so that the error can point at the argument.
pub fn choose(function: &'static Function, args: &[Expr]) -> Option<usize> {
    let candidates = function.overloads.iter().enumerate().filter(|(_, o)| accepts_count(o, args.len()));
    candidates
        .map(|(i, o)| (score(o, args), i))
        // The first of equals wins: max_by_key keeps the last, so compare the index downwards.
        .max_by(|(a, i), (b, j)| a.cmp(b).then(j.cmp(i)))
        .map(|(_, i)| i)
}

fn score(overload: &Overload, args: &[Expr]) -> (bool, usize, Fit, Fit) {
    let params = argument_parameters(overload.params, args);
    let fits: Vec<Fit> = params.iter().zip(args).map(|(p, a)| fit(*p, a, &params, args)).collect();
    let matching = fits.iter().filter(|f| **f != Fit::None).count();
    let worst = fits.iter().min().copied().unwrap_or(Fit::Exact);
    let best = fits.iter().max().copied().unwrap_or(Fit::Exact);
    let all = matching == args.len();
    (all, if all { 0 } else { matching }, worst, best)
}

/// Whether every argument fits.
pub fn all_fit(overload: &Overload, args: &[Expr]) -> bool {
    score(overload, args).0
}

/// The arguments that do not fit, by their index.
pub fn misfits(overload: &Overload, args: &[Expr]) -> Vec<(usize, Option<&'static Param>)> {
    let params = argument_parameters(overload.params, args);
    (0..args.len())
        .filter(|&i| fit(params[i], &args[i], &params, args) == Fit::None)
        .map(|i| (i, params[i]))
        .collect()
}

/// Whether an argument is of a kind that the parameter takes, whatever the other arguments are.
pub fn fits_parameter(param: &Param, arg: &Expr) -> bool {
    fit(Some(param), arg, &[], &[]) != Fit::None
}

fn fit(param: Option<&Param>, arg: &Expr, params: &[Option<&'static Param>], args: &[Expr]) -> Fit {
    let Some(param) = param else { return Fit::None };
    let ty = arg.ty;
    if ty == Type::Unknown {
        return Fit::Unknown;
    }
    let when = |condition: bool, fit: Fit| if condition { fit } else { Fit::None };
    let is_dynamic = |test: &dyn Fn(Shape) -> bool| ty == Type::Dynamic && test(arg.shape());
    // Another overload may take this word (`datetime_diff('week', …)`); the type fits all the same.
    if let Some(crate::syntax::ast::Literal::String(word)) = arg.as_literal()
        && !param.values.is_empty()
        && !param.values.iter().any(|v| v.eq_ignore_ascii_case(word))
    {
        return Fit::Unknown;
    }
    match param.kind {
        ParamKind::Scalar => Fit::Scalar,
        ParamKind::Types(types) => {
            if types.contains(&ty) {
                if types.len() == 1 { Fit::Exact } else { Fit::OneOfMany }
            } else {
                when(types.iter().any(|t| promoted(arg, *t)), Fit::Promoted)
            }
        }
        ParamKind::Number => when(ty.is_number(), Fit::Number),
        ParamKind::NumberOrBool => when(ty.is_number() || ty == Type::Bool, Fit::Number),
        ParamKind::Integer => when(ty.is_integer(), Fit::Integer),
        ParamKind::Summable => when(ty.is_summable(), Fit::Summable),
        ParamKind::Orderable => when(is_orderable(ty), Fit::Orderable),
        ParamKind::StringOrDynamic => when(matches!(ty, Type::String | Type::Dynamic), Fit::OneOfMany),
        ParamKind::StringOrArray => {
            when(ty == Type::String || is_dynamic(&|s| s.may_be_array_of(Type::String)), Fit::OneOfMany)
        }
        ParamKind::IntegerOrArray => {
            when(ty.is_integer() || is_dynamic(&|s| s.may_be_array_of(Type::Long)), Fit::OneOfMany)
        }
        // Kusto's analyzer wants what it knows to be an array or a bag there; the engine takes any and gives null.
        ParamKind::DynamicArray | ParamKind::DynamicBag => when(ty == Type::Dynamic, Fit::OneOfMany),
        ParamKind::NotDynamic => when(ty != Type::Dynamic, Fit::NotType),
        ParamKind::NotBool => when(ty != Type::Bool, Fit::NotType),
        ParamKind::NotRealOrBool => when(!matches!(ty, Type::Real | Type::Bool), Fit::NotType),
        ParamKind::CommonScalar | ParamKind::CommonScalarOrDynamic | ParamKind::CommonOrderable => {
            match common_argument_type(params, args, false) {
                Some(common) if common == ty => Fit::Exact,
                Some(common) if promotable(ty, common) => Fit::Promoted,
                Some(Type::Dynamic) => Fit::Dynamic,
                Some(_) if param.kind == ParamKind::CommonScalarOrDynamic && ty == Type::Dynamic => {
                    Fit::Exact
                }
                _ => Fit::None,
            }
        }
        ParamKind::Tabular => Fit::None,
    }
}

/// Everything but `dynamic` and `guid` has an order.
pub fn is_orderable(ty: Type) -> bool {
    !matches!(ty, Type::Dynamic | Type::Guid)
}

/// Whether a value of type `from` is widened to type `to` by itself.
pub fn promotable(from: Type, to: Type) -> bool {
    from != to && from.widest(to) == Some(to)
}

/// Whether an argument is widened to type `to` by itself. A dynamic value of which nothing is known is taken as
/// its text.
fn promoted(arg: &Expr, to: Type) -> bool {
    promotable(arg.ty, to) || (to == Type::String && arg.ty == Type::Dynamic && arg.shape() == Shape::Any)
}

/// The common type of two, `dynamic` swallowing all others.
pub fn common_type(a: Type, b: Type) -> Option<Type> {
    if a == b || b == Type::Unknown {
        Some(a)
    } else if a == Type::Unknown {
        Some(b)
    } else if a == Type::Dynamic || b == Type::Dynamic {
        Some(Type::Dynamic)
    } else {
        a.widest(b)
    }
}

/// The common type of the arguments of the `Common…` kinds.
pub fn common_argument_type(
    params: &[Option<&'static Param>],
    args: &[Expr],
    ignore_dynamic: bool,
) -> Option<Type> {
    let mut common: Option<Type> = None;
    for (param, arg) in params.iter().zip(args) {
        let Some(param) = param else { continue };
        let any_type = match param.kind {
            ParamKind::CommonScalar | ParamKind::CommonOrderable => false,
            ParamKind::CommonScalarOrDynamic => true,
            _ => continue,
        };
        if ignore_dynamic && arg.ty == Type::Dynamic {
            continue;
        }
        common = Some(match common {
            None => arg.ty,
            Some(c) => match common_type(c, arg.ty) {
                Some(t) => t,
                None if any_type => Type::Dynamic,
                None => return None,
            },
        });
    }
    match common {
        None if ignore_dynamic => common_argument_type(params, args, false),
        other => other,
    }
}

/// The type that a call returns.
pub fn return_type(overload: &Overload, args: &[Expr]) -> Type {
    let ty = |i: usize| args.get(i).map_or(Type::Unknown, |a| a.ty);
    let params = || argument_parameters(overload.params, args);
    match overload.returns {
        Returns::Type(t) => t,
        Returns::Dynamic(_) => Type::Dynamic,
        Returns::Parameter0 => ty(0),
        Returns::Parameter1 => ty(1),
        Returns::Parameter0Promoted => match ty(0) {
            Type::Int => Type::Long,
            t => t,
        },
        Returns::Parameter0Signed => match args {
            [arg] if arg.ty == Type::Int && !is_folded(arg) => Type::Long,
            _ => ty(0),
        },
        Returns::Parameter0Array => Type::Dynamic,
        Returns::ParameterNLiteral(i) => ty(i),
        Returns::Widest => args
            .iter()
            .filter(|a| a.ty.is_number() && a.ty != Type::Unknown)
            .map(|a| a.ty)
            .reduce(|a, b| a.widest(b).unwrap_or(a))
            .unwrap_or(Type::Unknown),
        Returns::Common => common_argument_type(&params(), args, false).unwrap_or(Type::Unknown),
        Returns::CommonNonDynamic => common_argument_type(&params(), args, true).unwrap_or(Type::Unknown),
        Returns::Custom(f) => f(&args.iter().map(|a| a.ty).collect::<Vec<_>>()),
        Returns::Several(columns) => columns.first().map_or(Type::Unknown, |c| c.1),
        Returns::Special => Type::Unknown,
    }
}

/// What is known of the dynamic value that a call returns.
pub fn return_shape(overload: &Overload, args: &[Expr]) -> Shape {
    let of = |i: usize| args.get(i).map_or(Shape::Any, Expr::shape);
    match overload.returns {
        Returns::Dynamic(shape) => shape,
        Returns::Parameter0 | Returns::Parameter0Promoted | Returns::Parameter0Signed => of(0),
        Returns::Parameter1 => of(1),
        Returns::Parameter0Array => args.first().map_or(Shape::ARRAY, |a| match a.ty {
            Type::Dynamic => a.shape().array_of(),
            ty => Shape::of_type(ty).array_of(),
        }),
        Returns::Common | Returns::CommonNonDynamic => {
            let params = argument_parameters(overload.params, args);
            let values = params.iter().zip(args).filter(|(p, _)| {
                p.is_some_and(|p| {
                    matches!(p.kind, ParamKind::CommonScalar | ParamKind::CommonScalarOrDynamic)
                })
            });
            let shapes = values.map(|(_, a)| if a.ty == Type::Dynamic { a.shape() } else { Shape::Any });
            shapes.reduce(Shape::common).unwrap_or_default()
        }
        _ => Shape::Any,
    }
}

/// Whether Kusto computes the value before the query runs.
fn is_folded(arg: &Expr) -> bool {
    !arg.any(&|e| match e.kind {
        ExprKind::Call { function, .. } => function.volatile,
        ExprKind::Literal(_) | ExprKind::Cast(_) | ExprKind::In { .. } => false,
        _ => true,
    })
}

/// The type to which an argument is converted before the call, where that is not its own.
pub fn target_type(overload: &Overload, param: Option<&Param>, arg: &Expr, args: &[Expr]) -> Type {
    let Some(param) = param else { return arg.ty };
    match param.kind {
        ParamKind::Types(types) if !types.contains(&arg.ty) => {
            types.iter().copied().find(|t| promoted(arg, *t)).unwrap_or(arg.ty)
        }
        ParamKind::Integer if arg.ty == Type::Int => Type::Long,
        ParamKind::StringOrDynamic => Type::String,
        ParamKind::Number if matches!(overload.returns, Returns::Widest | Returns::Custom(_)) => {
            return_type(overload, args)
        }
        ParamKind::Summable if matches!(overload.returns, Returns::Parameter0Signed) => {
            return_type(overload, args)
        }
        ParamKind::CommonScalar | ParamKind::CommonScalarOrDynamic | ParamKind::CommonOrderable => {
            match overload.returns {
                Returns::CommonNonDynamic | Returns::Common => return_type(overload, args),
                _ => arg.ty,
            }
        }
        _ => arg.ty,
    }
}

/// Whether the parameter takes a name or `*` rather than a value.
pub fn takes_star(param: &Param) -> bool {
    matches!(param.form, ArgForm::StarAllowed | ArgForm::StarOnly)
}

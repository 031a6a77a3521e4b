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

/// Which parameter each argument of a call belongs to. Repeating parameters take turns
/// (`case(predicate, then, …, else)`), required ones behind them come last.
///
/// An optional parameter behind repeating ones takes the last argument only if that fits it.
#[derive(Debug, Clone, Copy)]
pub struct Assignment {
    params: &'static [Param],
    /// The first parameter that repeats: the number of all where none does.
    first: usize,
    /// How many repeat.
    repeating: usize,
    /// The first argument that belongs to a parameter behind those.
    tail: usize,
}

impl Assignment {
    /// That of a call with these arguments.
    pub fn new(params: &'static [Param], args: &[Expr]) -> Assignment {
        let first = params.iter().position(|p| p.max > 1).unwrap_or(params.len());
        let repeating = params[first..].iter().take_while(|p| p.max > 1).count();
        let mut behind = params.len() - first - repeating;
        if repeating > 0
            && behind > 0
            && let (Some(optional), Some(last)) = (params.last(), args.last())
            && optional.min == 0
            && !fits_parameter(optional, last)
        {
            behind -= 1;
        }
        let tail = args.len().saturating_sub(behind).max(first);
        Assignment { params, first, repeating, tail }
    }

    /// The parameter of the argument with that index.
    pub fn parameter(&self, i: usize) -> Option<&'static Param> {
        self.params.get(if i < self.first || self.repeating == 0 {
            i
        } else if i < self.tail {
            self.first + (i - self.first) % self.repeating
        } else {
            self.first + self.repeating + i - self.tail
        })
    }
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
    best_of(function, args, |o| accepts_count(o, args.len()))
}

fn best_of(
    function: &'static Function,
    args: &[Expr],
    is_candidate: impl Fn(&Overload) -> bool,
) -> Option<usize> {
    let mut candidates = function.overloads.iter().enumerate().filter(|(_, o)| is_candidate(o));
    let (first, second) = (candidates.next()?, candidates.next());
    if second.is_none() {
        return Some(first.0);
    }
    std::iter::once(first)
        .chain(second)
        .chain(candidates)
        .map(|(i, o)| (score(o, args), i))
        // The first of equals wins: max_by_key keeps the last, so compare the index downwards.
        .max_by(|(a, i), (b, j)| a.cmp(b).then(j.cmp(i)))
        .map(|(_, i)| i)
}

/// Whether another overload, with other parameters, fits the arguments no worse than the chosen one.
pub fn is_ambiguous(function: &'static Function, chosen: usize, args: &[Expr]) -> bool {
    let best = &function.overloads[chosen];
    let same_count = |o: &Overload| {
        if accepts_count(best, args.len()) {
            accepts_count(o, args.len())
        } else {
            arity(o).1 == arity(best).1
        }
    };
    let kinds = |o: &Overload| o.params.iter().map(|p| p.kind).collect::<Vec<_>>();
    function
        .overloads
        .iter()
        .any(|o| same_count(o) && score(o, args) == score(best, args) && kinds(o) != kinds(best))
}

/// The overload that a call with too few or too many arguments comes nearest to: one of those that take most.
pub fn nearest(function: &'static Function, args: &[Expr]) -> Option<usize> {
    let most = function.overloads.iter().map(|o| arity(o).1).max()?;
    best_of(function, args, |o| arity(o).1 == most)
}

/// How well each argument fits.
fn fits(overload: &Overload, args: &[Expr]) -> impl Iterator<Item = Fit> {
    let assignment = Assignment::new(overload.params, args);
    let common = common_argument_type(&assignment, args, false);
    args.iter().enumerate().map(move |(i, arg)| fit(assignment.parameter(i), arg, common))
}

fn score(overload: &Overload, args: &[Expr]) -> (bool, usize, Fit, Fit) {
    let (mut matching, mut worst, mut best) = (0, Fit::Exact, Fit::None);
    for fit in fits(overload, args) {
        matching += usize::from(fit != Fit::None);
        worst = worst.min(fit);
        best = best.max(fit);
    }
    let all = matching == args.len();
    (all, if all { 0 } else { matching }, worst, best)
}

/// Whether every argument fits.
pub fn all_fit(overload: &Overload, args: &[Expr]) -> bool {
    fits(overload, args).all(|fit| fit != Fit::None)
}

/// The arguments that do not fit, by their index.
pub fn misfits(overload: &Overload, args: &[Expr]) -> impl Iterator<Item = usize> {
    fits(overload, args).enumerate().filter(|(_, fit)| *fit == Fit::None).map(|(i, _)| i)
}

/// Whether the result has the type that the arguments have in common, and they have none.
pub fn lacks_common_type(overload: &Overload, args: &[Expr]) -> bool {
    matches!(overload.returns, Returns::Common)
        && common_argument_type(&Assignment::new(overload.params, args), args, false).is_none()
}

/// Whether an argument is of a kind that the parameter takes, whatever the other arguments are.
pub fn fits_parameter(param: &Param, arg: &Expr) -> bool {
    fit(Some(param), arg, None) != Fit::None
}

/// How well an argument fits. `common` is the type that the arguments of the `Common…` kinds have in common.
fn fit(param: Option<&Param>, arg: &Expr, common: Option<Type>) -> Fit {
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
        ParamKind::CommonOrderable if !is_orderable(ty) => Fit::None,
        ParamKind::CommonScalar | ParamKind::CommonScalarOrDynamic | ParamKind::CommonOrderable => {
            let either = param.kind == ParamKind::CommonScalarOrDynamic;
            match common {
                Some(common) if common == ty => Fit::Exact,
                Some(common) if promotable(ty, common) => Fit::Promoted,
                Some(Type::Dynamic) if either => Fit::Dynamic,
                Some(_) if either && ty == Type::Dynamic => Fit::Exact,
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
pub fn common_argument_type(assignment: &Assignment, args: &[Expr], ignore_dynamic: bool) -> Option<Type> {
    let mut common: Option<Type> = None;
    for (i, arg) in args.iter().enumerate() {
        let Some(param) = assignment.parameter(i) else { continue };
        let any_type = match param.kind {
            ParamKind::CommonOrderable if !is_orderable(arg.ty) => continue,
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
        None if ignore_dynamic => common_argument_type(assignment, args, false),
        other => other,
    }
}

/// The type that a call returns.
pub fn return_type(overload: &Overload, args: &[Expr]) -> Type {
    let ty = |i: usize| args.get(i).map_or(Type::Unknown, |a| a.ty);
    let common = |ignore_dynamic| {
        let assignment = Assignment::new(overload.params, args);
        common_argument_type(&assignment, args, ignore_dynamic).unwrap_or(Type::Unknown)
    };
    match overload.returns {
        Returns::Type(t) => t,
        Returns::Dynamic(_) => Type::Dynamic,
        Returns::Parameter0 => ty(0),
        Returns::Parameter1 => ty(1),
        Returns::Parameter0Promoted => match ty(0) {
            Type::Int => Type::Long,
            t => t,
        },
        Returns::Parameter0Percentile => match ty(0) {
            Type::Int => Type::Long,
            Type::Decimal => Type::Real,
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
        Returns::Common => common(false),
        Returns::CommonNonDynamic => common(true),
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
            let assignment = Assignment::new(overload.params, args);
            let is_common = |i: usize| {
                let kind = assignment.parameter(i).map(|p| p.kind);
                matches!(kind, Some(ParamKind::CommonScalar | ParamKind::CommonScalarOrDynamic))
            };
            let values = args.iter().enumerate().filter(|(i, _)| is_common(*i));
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

/// The type to which an argument is converted before a call that returns `returned`, where that is not its own.
pub fn target_type(overload: &Overload, param: Option<&Param>, arg: &Expr, returned: Type) -> Type {
    let Some(param) = param else { return arg.ty };
    match param.kind {
        ParamKind::Types(types) if !types.contains(&arg.ty) => {
            types.iter().copied().find(|t| promoted(arg, *t)).unwrap_or(arg.ty)
        }
        ParamKind::Integer if arg.ty == Type::Int => Type::Long,
        ParamKind::StringOrDynamic => Type::String,
        ParamKind::Number if matches!(overload.returns, Returns::Widest | Returns::Custom(_)) => returned,
        ParamKind::Summable if matches!(overload.returns, Returns::Parameter0Signed) => returned,
        ParamKind::CommonScalar | ParamKind::CommonScalarOrDynamic | ParamKind::CommonOrderable => {
            match overload.returns {
                Returns::CommonNonDynamic | Returns::Common => returned,
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

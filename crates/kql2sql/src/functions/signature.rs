//! What a function takes and returns, in the kinds of Kusto.Language.

use crate::diagnostics::Diagnostic;
use crate::shape::Shape;
use crate::types::Type;
use sqlparser::ast;

/// One way to call a function.
#[derive(Debug, Clone, Copy)]
pub struct Overload {
    /// The parameters. One with `max > 1` repeats.
    pub params: &'static [Param],
    /// The type of the result.
    pub returns: Returns,
    /// The SQL.
    pub lower: Lower,
}

/// `overload(&[param("text", String)], Returns::Type(Long), Lower::Udf("kql_strlen"))`
pub const fn overload(params: &'static [Param], returns: Returns, lower: Lower) -> Overload {
    Overload { params, returns, lower }
}

/// One parameter.
#[derive(Debug, Clone, Copy)]
pub struct Param {
    /// Kusto's name of it.
    pub name: &'static str,
    /// What it accepts.
    pub kind: ParamKind,
    /// What form the argument must have.
    pub form: ArgForm,
    /// How often it must be given at least: 0 for an optional one.
    pub min: u16,
    /// How often it may be given at most.
    pub max: u16,
    /// The only values that a literal may have, in lower case; empty for any.
    pub values: &'static [&'static str],
}

/// A required parameter.
pub const fn param(name: &'static str, kind: ParamKind) -> Param {
    Param { name, kind, form: ArgForm::Expression, min: 1, max: 1, values: &[] }
}

impl Param {
    /// May be left out.
    #[must_use]
    pub const fn optional(mut self) -> Param {
        self.min = 0;
        self
    }

    /// Given `min` to `max` times.
    #[must_use]
    pub const fn times(mut self, min: u16, max: u16) -> Param {
        self.min = min;
        self.max = max;
        self
    }

    /// Must have this form.
    #[must_use]
    pub const fn form(mut self, form: ArgForm) -> Param {
        self.form = form;
        self
    }

    /// A literal out of these.
    #[must_use]
    pub const fn values(mut self, values: &'static [&'static str]) -> Param {
        self.values = values;
        self
    }
}

/// What a parameter accepts: Kusto.Language's `ParameterTypeKind`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ParamKind {
    /// Any scalar.
    Scalar,
    /// One of these types (numbers are widened, `dynamic` is accepted where Kusto does so).
    Types(&'static [Type]),
    /// `int`, `long`, `real`, `decimal`
    Number,
    /// `int`, `long`
    Integer,
    /// Numbers and `bool`
    NumberOrBool,
    /// Numbers, `datetime`, `timespan`
    Summable,
    /// What has an order: everything but `dynamic`… as Kusto defines it.
    Orderable,
    /// `string` or `dynamic`
    StringOrDynamic,
    /// `string` or a dynamic array
    StringOrArray,
    /// An integer or a dynamic array
    IntegerOrArray,
    /// A dynamic array
    DynamicArray,
    /// A dynamic bag
    DynamicBag,
    /// Everything but `dynamic`
    NotDynamic,
    /// Everything but `real` and `bool`
    NotRealOrBool,
    /// Everything but `bool`
    NotBool,
    /// Scalars of one common type
    CommonScalar,
    /// Scalars of one common type, or `dynamic`
    CommonScalarOrDynamic,
    /// Ordered scalars of one common type
    CommonOrderable,
    /// A table
    Tabular,
}

/// What form an argument must have: Kusto.Language's `ArgumentKind`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ArgForm {
    /// Anything.
    Expression,
    /// Something that does not depend on a row.
    Constant,
    /// A literal.
    Literal,
    /// A literal that is not empty.
    LiteralNotEmpty,
    /// A type: `typeof(long)`.
    Type,
    /// A column by its name.
    Column,
    /// A column of the table that the first argument is.
    Parameter0Column,
    /// A column by a name that the table of the first argument has too.
    Parameter0CommonColumn,
    /// An expression, or `*`.
    StarAllowed,
    /// `*`.
    StarOnly,
    /// An aggregate.
    Aggregate,
    /// An expression over the elements of the first argument (`element`…).
    Parameter0Element,
}

/// The type of a result: Kusto.Language's `ReturnTypeKind`.
#[derive(Debug, Clone, Copy)]
pub enum Returns {
    /// This one.
    Type(Type),
    /// `dynamic`, of which that much is known.
    Dynamic(Shape),
    /// The first argument's.
    Parameter0,
    /// The second argument's.
    Parameter1,
    /// The first argument's, `int` made `long`.
    Parameter0Promoted,
    /// The first argument's, `int` made `long` and `decimal` made `real`.
    Parameter0Percentile,
    /// The only argument's with a sign: `int` made `long`, but not that of a constant.
    Parameter0Signed,
    /// An array of the first argument's: `dynamic`.
    Parameter0Array,
    /// The type that the argument with this index names (`typeof(…)` or a literal).
    ParameterNLiteral(usize),
    /// The widest of the numeric arguments.
    Widest,
    /// The common type of the arguments of a `Common…` kind.
    Common,
    /// The same, `dynamic` giving way to the other type.
    CommonNonDynamic,
    /// Computed from the arguments' types.
    Custom(fn(&[Type]) -> Type),
    /// Several values (`series_stats`): for each the ending of its column's name, and its type. Where one value is
    /// wanted, it is the first.
    Several(&'static [(&'static str, Type)]),
    /// Not a scalar: a table, a cluster; the binder knows the function by name.
    Special,
}

/// How a column is called that is computed by this function and was given no name:
/// Kusto.Language's `ResultNameKind`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ResultName {
    /// `Column1`, `print_0` …
    None,
    /// `strlen_State`
    NameAndFirstArgument,
    /// The first argument's name.
    FirstArgument,
    /// The name of its only argument; nothing special with more.
    OnlyArgument,
    /// `list_State`, or `count_` without an argument
    PrefixAndFirstArgument(&'static str),
    /// `covariance_x_y`
    PrefixAndTwoArguments(&'static str),
    /// This name.
    PrefixOnly(&'static str),
    /// The value of the first argument, where that is a literal (`column_ifexists`)
    FirstArgumentValueIfColumn,
}

/// How a call becomes SQL.
#[derive(Clone, Copy)]
pub enum Lower {
    /// SQL with the arguments as `$1`, `$2` …; an argument that is named twice is computed twice.
    Sql(&'static str),
    /// A call of the runtime's function of that name, with all arguments in order.
    Udf(&'static str),
    /// Built by code out of the arguments, where the shape depends on them.
    Build(fn(Call) -> Result<ast::Expr, Refusal>),
    /// Bound by the binder itself (`toscalar`, `column_ifexists`, `table` …): never reaches lowering.
    Binder,
    /// Bound by the binder itself where it was told what it needs for that; otherwise refused: the text says what is
    /// missing and how it is given.
    Needs(&'static str),
    /// Known, but refused; the text says why and what to do instead.
    Unsupported(&'static str),
}

/// Not translated so far. Each use is a gap that the coverage page shows.
pub const TODO: Lower = Lower::Unsupported("it is not translated yet");

impl std::fmt::Debug for Lower {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Lower::Sql(s) => write!(f, "Sql({s:?})"),
            Lower::Udf(s) => write!(f, "Udf({s:?})"),
            Lower::Build(_) => write!(f, "Build"),
            Lower::Binder => write!(f, "Binder"),
            Lower::Needs(s) => write!(f, "Needs({s:?})"),
            Lower::Unsupported(s) => write!(f, "Unsupported({s:?})"),
        }
    }
}

/// A call to lower: its arguments as SQL, with what the binder knows of them.
#[derive(Debug)]
pub struct Call {
    /// The arguments.
    pub args: Vec<Arg>,
    /// The type of the result.
    pub ty: Type,
}

impl Call {
    /// The SQL of the arguments, in their order.
    pub fn sqls(self) -> Vec<ast::Expr> {
        self.args.into_iter().map(|arg| arg.sql).collect()
    }
}

/// One argument of a call to lower.
#[derive(Debug, Clone)]
pub struct Arg {
    /// Its SQL. A string argument of the runtime's functions may be NULL and then means "".
    pub sql: ast::Expr,
    /// Its Kusto type.
    pub ty: Type,
    /// Its value, where it is a literal.
    pub literal: Option<crate::syntax::ast::Literal>,
}

/// Why a call cannot be lowered: becomes a diagnostic at the call.
#[derive(Debug, Clone)]
pub struct Refusal(pub String);

impl Refusal {
    /// As a diagnostic at `span`.
    pub fn at(&self, span: crate::span::Span, name: &str) -> Diagnostic {
        crate::diagnostics::messages::unsupported(span, name, &self.0)
    }
}

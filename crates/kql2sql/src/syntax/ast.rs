//! The syntax tree: what was written, not yet what it means.
//!
//! Tabular expressions are expressions, as in Kusto's own grammar; a chain of `|` is one flat
//! [`Pipe`], so that a pipeline of hundreds of stages does not nest. What an operator holds is
//! defined in its own file under [`operators`](crate::operators).

use crate::operators::OperatorKind;
use crate::span::Span;

/// A whole query text.
#[derive(Debug, Clone, Default)]
pub struct Script {
    /// The statements between `;`.
    pub statements: Vec<Statement>,
}

/// One statement.
#[derive(Debug, Clone)]
pub struct Statement {
    /// Which.
    pub kind: StatementKind,
    /// The whole statement without its `;`.
    pub span: Span,
}

/// The kinds of statement.
#[derive(Debug, Clone)]
pub enum StatementKind {
    /// `let name = value`
    Let {
        /// What is named.
        name: Name,
        /// What it stands for.
        value: LetValue,
    },
    /// `set name` or `set name = value`
    Set {
        /// The request property.
        name: Name,
        /// Its value.
        value: Option<Expr>,
    },
    /// `declare query_parameters(name:type = default, …)`
    QueryParameters(Vec<Parameter>),
    /// `declare pattern name = (…)[…] { … }`
    Pattern(Pattern),
    /// `alias database name = …`
    Alias {
        /// The new name.
        name: Name,
        /// The cluster or database expression.
        value: Expr,
    },
    /// `restrict access to (…)`
    Restrict(Vec<Expr>),
    /// A query, or a scalar expression on its own.
    Query(Expr),
}

/// `declare pattern name = (parameter:string, …)[path:string] { (…).[…] = { … }; … }`; without cases, `declare pattern name`.
#[derive(Debug, Clone)]
pub struct Pattern {
    /// The name that calls it.
    pub name: Name,
    /// What it stands for, by the values that it is called with.
    pub cases: Vec<PatternCase>,
}

/// `("value", …).["path"] = { … }`
#[derive(Debug, Clone)]
pub struct PatternCase {
    /// The literals between the parentheses.
    pub values: Vec<Expr>,
    /// The literal in the brackets.
    pub path: Option<Expr>,
    /// What it stands for: a function without parameters.
    pub body: std::rc::Rc<Function>,
}

/// The right side of a `let`.
#[derive(Debug, Clone)]
pub enum LetValue {
    /// A scalar or tabular expression.
    Expr(Expr),
    /// A function.
    Function(Function),
}

/// `view (x:long, T:(a:string)) { let …; expression }`
#[derive(Debug, Clone)]
pub struct Function {
    /// Whether it was declared as a view.
    pub view: bool,
    /// The parameters.
    pub parameters: Vec<Parameter>,
    /// What it computes.
    pub body: Box<Script>,
    /// From the parameter list to the closing brace.
    pub span: Span,
}

/// A declared parameter.
#[derive(Debug, Clone)]
pub struct Parameter {
    /// Its name.
    pub name: Name,
    /// Its type.
    pub ty: ParameterType,
    /// `= literal`
    pub default: Option<Expr>,
}

/// The declared type of a parameter.
#[derive(Debug, Clone)]
pub enum ParameterType {
    /// A scalar type by its name (checked by the binder).
    Scalar(Name),
    /// `(a:string, b:long)`; `None` for `(*)`
    Table(Option<Vec<ColumnDecl>>),
}

/// `name:type`
#[derive(Debug, Clone)]
pub struct ColumnDecl {
    /// The column.
    pub name: Name,
    /// The type by its name (checked by the binder).
    pub ty: Name,
}

/// An identifier where it stands. Brackets and quotes (`['a b']`) are taken off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// The identifier.
    pub text: String,
    /// Where, brackets and all.
    pub span: Span,
}

/// An expression, scalar or tabular.
#[derive(Debug, Clone)]
pub struct Expr {
    /// Which.
    pub kind: ExprKind,
    /// Where.
    pub span: Span,
}

/// The kinds of expression.
#[derive(Debug, Clone)]
pub enum ExprKind {
    /// Something was missing or broken here; a diagnostic says so.
    Error,
    /// A literal.
    Literal(Literal),
    /// A column, variable, table or parameterless function; `bracketed` for `['name']`.
    Name {
        /// The identifier.
        name: String,
        /// Whether it was written in brackets.
        bracketed: bool,
    },
    /// A name with `*` in it (`Device*`), for `union` and `project-away`.
    Wildcard(String),
    /// `*`
    Star,
    /// `base.name`; also `base.['name']` (then `bracketed`)
    Path {
        /// What is looked into.
        base: Box<Expr>,
        /// The member.
        name: Name,
        /// Whether it was written in brackets.
        bracketed: bool,
    },
    /// `base[index]`
    Index {
        /// What is looked into.
        base: Box<Expr>,
        /// A position or a key.
        index: Box<Expr>,
    },
    /// `name(args)`. A call after a dot (`cluster('x').database('y')`) has the left side in `receiver`.
    Call {
        /// The left side of the dot.
        receiver: Option<Box<Expr>>,
        /// The function.
        name: Name,
        /// The arguments; `x = value` is a [`ExprKind::Named`].
        args: Vec<Expr>,
    },
    /// `-x`, `+x`
    Unary {
        /// The sign.
        op: UnaryOp,
        /// The operand.
        operand: Box<Expr>,
    },
    /// `left op right`, where `op` is the operator as Kusto writes it in lower case:
    /// `+ - * / %`, `== != < <= > >= =~ !~`, `and or`, `has !has contains … matches regex`, `:` in `search`.
    Binary {
        /// The operator's canonical text (`<>` is `!=`).
        op: &'static str,
        /// Where the operator stands.
        op_span: Span,
        /// The left operand.
        left: Box<Expr>,
        /// The right operand.
        right: Box<Expr>,
    },
    /// `left in (a, b)`, `!in`, `in~`, `!in~`, `has_any`, `has_all`
    In {
        /// The operator's canonical text.
        op: &'static str,
        /// Where the operator stands.
        op_span: Span,
        /// The left operand.
        left: Box<Expr>,
        /// The elements between the parentheses. One element may be an array or a table.
        list: Vec<Expr>,
    },
    /// `value between (low .. high)` and `!between`
    Between {
        /// `!between`
        negated: bool,
        /// Where the operator stands.
        op_span: Span,
        /// What is tested.
        value: Box<Expr>,
        /// The lower end, included.
        low: Box<Expr>,
        /// The upper end, included.
        high: Box<Expr>,
    },
    /// `(expr)`
    Parenthesized(Box<Expr>),
    /// `name = value` or `(a, b) = value`, in the lists of `extend`, `project`, `summarize` and in arguments
    Named {
        /// The names; one, unless they were in parentheses.
        names: Vec<Name>,
        /// The value.
        value: Box<Expr>,
    },
    /// `value asc nulls first`: an ordered element of `sort`, `top`, `partition`, `project-reorder`
    Ordered(Box<Ordered>),
    /// `typeof(type)`
    TypeOf(Vec<ColumnDecl>),
    /// A source and what is piped through, or operators alone (`print …`, `range …`, a sub-query of `mv-apply`).
    Pipe(Pipe),
}

/// `source | operator | operator`
#[derive(Debug, Clone)]
pub struct Pipe {
    /// What stands before the first `|`; `None` where the pipe begins with an operator
    /// (`print`, `range`, `union`, `search`, `find`, `datatable`, `externaldata`, `evaluate`, or in a sub-query).
    pub source: Option<Box<Expr>>,
    /// The operators in order.
    pub operators: Vec<Operator>,
}

/// One operator of a pipe.
#[derive(Debug, Clone)]
pub struct Operator {
    /// Which, with what it holds.
    pub kind: OperatorKind,
    /// `kind=…`, `hint.strategy=…`, `withsource=…` and their like, as written behind the keyword.
    pub parameters: Vec<OperatorParameter>,
    /// Where the keyword stands.
    pub keyword: Span,
    /// The whole operator, keyword included.
    pub span: Span,
}

impl Operator {
    /// The parameter of that name.
    pub fn parameter(&self, name: &str) -> Option<&OperatorParameter> {
        self.parameters.iter().find(|p| p.name.text == name)
    }
}

/// `name=value` behind an operator's keyword.
#[derive(Debug, Clone)]
pub struct OperatorParameter {
    /// Its name, dots included (`hint.strategy`).
    pub name: Name,
    /// Its value: a name or a literal.
    pub value: Expr,
}

/// The order of one sort key.
#[derive(Debug, Clone)]
pub struct Ordered {
    /// What is sorted by.
    pub value: Expr,
    /// `asc` is `Some(true)`, `desc` is `Some(false)`
    pub ascending: Option<bool>,
    /// `nulls first` is `Some(true)`, `nulls last` is `Some(false)`
    pub nulls_first: Option<bool>,
}

/// `-` or `+`
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnaryOp {
    /// `-`
    Minus,
    /// `+`
    Plus,
}

/// A literal. A typed literal without a value (`int(null)`) is [`Literal::Null`] of its type.
#[derive(Debug, Clone, PartialEq)]
pub enum Literal {
    /// `true`, `bool(1)`
    Bool(bool),
    /// `int(5)`
    Int(i32),
    /// `5`, `0x1f`, `long(5)`
    Long(i64),
    /// `1.5`, `real(1)`, `real(nan)`, `real(+inf)`
    Real(f64),
    /// `decimal(1.5)`: its digits as written
    Decimal(String),
    /// A string with its escapes resolved. Neighbouring literals are joined.
    String(String),
    /// In ticks of 100 ns since 0001-01-01T00:00:00Z.
    DateTime(i64),
    /// `1.5h`, `timespan(1.02:03:04.5)`: in ticks of 100 ns
    Timespan(i64),
    /// `guid(…)`, in lower case
    Guid(String),
    /// `dynamic(…)`: the JSON text, checked and in canonical spelling (no blanks, Kusto's own literals
    /// such as `datetime(…)` inside made to strings)
    Dynamic(String),
    /// `int(null)`, `dynamic(null)`, …; plain `null` is dynamic
    Null(crate::types::Type),
}

impl Literal {
    /// The type of the literal.
    pub fn ty(&self) -> crate::types::Type {
        use crate::types::Type;
        match self {
            Literal::Bool(_) => Type::Bool,
            Literal::Int(_) => Type::Int,
            Literal::Long(_) => Type::Long,
            Literal::Real(_) => Type::Real,
            Literal::Decimal(_) => Type::Decimal,
            Literal::String(_) => Type::String,
            Literal::DateTime(_) => Type::DateTime,
            Literal::Timespan(_) => Type::Timespan,
            Literal::Guid(_) => Type::Guid,
            Literal::Dynamic(_) => Type::Dynamic,
            Literal::Null(ty) => *ty,
        }
    }
}

//! The bound query: typed, with every name resolved and every function known.
//!
//! About forty operators of KQL bind to these few nodes. Columns are told apart by their names, which
//! are unique within a relation; a node refers to the columns of its input.

mod name;

use std::rc::Rc;

use crate::functions::Function;
use crate::operation::Task;
use crate::shape::Shape;
use crate::span::Span;
use crate::syntax::ast::Literal;
use crate::types::Type;

pub use name::ColumnName;
pub(crate) use name::find_from;

/// A bound query.
#[derive(Debug, Clone)]
pub struct Plan {
    /// The tables that `let` names, in the order of their definition; each may refer to earlier ones.
    pub shared: Vec<Shared>,
    /// The result.
    pub root: Rel,
}

/// A relation that has a name and may be used several times.
#[derive(Debug, Clone)]
pub struct Shared {
    /// The user's name for it.
    pub name: String,
    /// What it stands for.
    pub rel: Rel,
}

/// A relation: a node, its columns and the order of its rows.
#[derive(Debug, Clone)]
pub struct Rel {
    /// What computes it.
    pub node: Rc<Node>,
    /// Its columns. Hidden ones stand behind the visible ones.
    pub columns: Rc<Vec<PlanColumn>>,
    /// The order of the rows, as far as it is fixed.
    pub order: Order,
    /// Whether it may have more columns, which only the data knows (behind `bag_unpack`, or a table that did
    /// not bind): a name that it lacks is taken for one of them.
    pub open: bool,
}

/// A column of a relation.
#[derive(Debug, Clone, PartialEq)]
pub struct PlanColumn {
    /// Its name, unique in the relation.
    pub name: ColumnName,
    /// Its type.
    pub ty: Type,
    /// What is known of its values, where they are dynamic.
    pub shape: Shape,
    /// Whether its SQL value may be NULL. Of interest for strings: Kusto's are never null, and a NULL
    /// from a file or an outer join must look like "".
    pub nullable: bool,
    /// Kept only because the row order depends on it; not part of the result.
    pub hidden: bool,
}

/// What is known of the order of rows.
#[derive(Debug, Clone, Default)]
pub struct Order {
    /// The sort keys: columns of the relation.
    pub keys: Vec<SortKey>,
    /// Whether window functions may be used: after `sort`, `serialize`, `range`, …
    pub serialized: bool,
}

/// One sort key.
#[derive(Debug, Clone)]
pub struct SortKey {
    /// What is sorted by.
    pub value: Expr,
    /// `desc`
    pub descending: bool,
    /// `nulls first`
    pub nulls_first: bool,
}

/// What computes a relation.
#[derive(Debug, Clone)]
pub enum Node {
    /// A table of the catalog.
    Table {
        /// Its name.
        name: String,
    },
    /// One of the plan's shared relations.
    Shared(usize),
    /// Rows of literals; one row without columns for `print`.
    Values(Vec<Vec<Expr>>),
    /// One column with values in equal steps.
    Range {
        /// The first value.
        from: Expr,
        /// The last value at most.
        to: Expr,
        /// The distance.
        step: Expr,
    },
    /// The rows for which the predicate is true.
    Filter {
        /// From where.
        input: Rel,
        /// A `bool`.
        predicate: Expr,
    },
    /// Computed columns, in the order of the relation's columns; may hold window functions.
    Project {
        /// From where.
        input: Rel,
        /// A value for each column.
        values: Vec<Expr>,
    },
    /// Groups: the keys, then the aggregates, in the order of the relation's columns.
    Aggregate {
        /// From where.
        input: Rel,
        /// The group keys. None and no aggregates: distinct rows of nothing.
        keys: Vec<Expr>,
        /// Expressions over [`ExprKind::Aggregate`] calls.
        aggregates: Vec<Expr>,
    },
    /// Two relations side by side.
    Join(Box<Join>),
    /// All rows of several relations.
    Union(Box<Union>),
    /// The first rows in the relation's order.
    Limit {
        /// From where.
        input: Rel,
        /// How many.
        count: Expr,
    },
    /// One row for each element of an array (`mv-expand`).
    Expand(Box<Expand>),
    /// What SQL cannot say: the runtime carries it out.
    Operation(Box<Operation>),
    /// What is understood but has no exact form in SQL yet: its columns are known, lowering reports it.
    Refused(Refused),
}

/// An operator or plugin that cannot be translated.
#[derive(Debug, Clone)]
pub struct Refused {
    /// Its name, as the user wrote it.
    pub name: String,
    /// Why, and what to do instead.
    pub why: String,
    /// Where it stands.
    pub span: Span,
    /// The graph that it makes, for the graph operators behind it.
    pub graph: Option<Box<Graph>>,
}

/// A graph: two tables. Beside the columns of the user, edges have a number and two ends, nodes an identity.
#[derive(Debug, Clone)]
pub struct Graph {
    /// The edges.
    pub edges: Rel,
    /// The nodes.
    pub nodes: Rel,
}

/// A join.
#[derive(Debug, Clone)]
pub struct Join {
    /// The left side.
    pub left: Rel,
    /// The right side.
    pub right: Rel,
    /// Which rows are kept.
    pub kind: JoinKind,
    /// Pairs of a left and a right key, which must be equal.
    pub on: Vec<(Expr, Expr)>,
    /// For each column of the result: from which side it comes, and its name there.
    pub output: Vec<(Side, ColumnName)>,
}

/// The left or right side of a join.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// Left.
    Left,
    /// Right.
    Right,
}

/// Kusto's kinds of join.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JoinKind {
    /// One left row for each key, with all right rows: Kusto's default.
    InnerUnique,
    /// All pairs.
    Inner,
    /// All pairs, and left rows without a partner.
    LeftOuter,
    /// All pairs, and right rows without a partner.
    RightOuter,
    /// All pairs, and the rows of both sides without a partner.
    FullOuter,
    /// Left rows with a partner.
    LeftSemi,
    /// Right rows with a partner.
    RightSemi,
    /// Left rows without a partner.
    LeftAnti,
    /// Right rows without a partner.
    RightAnti,
    /// All pairs, whatever the keys: for rewrites.
    Cross,
}

/// All rows of several relations. A result column takes the input's column of its source name and its own
/// type; an input that has none gives null.
#[derive(Debug, Clone)]
pub struct Union {
    /// The relations, each with the name that `withsource` shows.
    pub inputs: Vec<(String, Rel)>,
    /// For each result column its name in the inputs; `None` for the column that `withsource` adds.
    pub sources: Vec<Option<ColumnName>>,
}

/// `mv-expand`: one row for each element.
#[derive(Debug, Clone)]
pub struct Expand {
    /// From where.
    pub input: Rel,
    /// For each column of the result: the input's column, or one of the arrays, or the element's index.
    pub output: Vec<ExpandOutput>,
    /// The arrays: dynamic values, expanded side by side.
    pub arrays: Vec<Expr>,
    /// At most so many rows for one row of the input.
    pub limit: Option<Expr>,
    /// `bagexpansion=array`: the pairs of a bag become arrays of key and value.
    pub bag_as_array: bool,
}

/// Where a column of `mv-expand` comes from.
#[derive(Debug, Clone)]
pub enum ExpandOutput {
    /// The input's column of that name.
    Column(ColumnName),
    /// The elements of the array with that number, converted to the column's type.
    Element(usize),
    /// The index of the element, from 0.
    Index,
}

/// An operation of the runtime on whole tables.
#[derive(Debug, Clone)]
pub struct Operation {
    /// What it does.
    pub task: Task,
    /// The relations that it reads, each in its order. All their columns are visible ones.
    pub inputs: Vec<Rel>,
    /// Whether the order of their rows counts.
    pub in_order: bool,
    /// For an operation that hands columns of its first input on under their names: the columns that it reads
    /// itself. Of the others only those come in that are wanted of its result, and only those go out.
    /// `None` where it reads all, and all its columns go out.
    pub reads: Option<Vec<ColumnName>>,
    /// Expressions that it computes itself, row by row.
    pub formulas: Option<Formulas>,
    /// Where it stands.
    pub span: Span,
}

/// Expressions over rows that an operation makes up as it goes; without sub-queries.
#[derive(Debug, Clone)]
pub struct Formulas {
    /// The columns of those rows.
    pub columns: Vec<PlanColumn>,
    /// Names of the results and the expressions.
    pub values: Vec<(ColumnName, Expr)>,
}

/// A bound expression.
#[derive(Debug, Clone)]
pub struct Expr {
    /// Which.
    pub kind: ExprKind,
    /// Its type.
    pub ty: Type,
    /// Where it stands in the KQL.
    pub span: Span,
}

/// The kinds of bound expression.
#[derive(Debug, Clone)]
pub enum ExprKind {
    /// It did not bind; a diagnostic says why.
    Error,
    /// A column of the input, and what is known of it where it is dynamic.
    Column(ColumnName, Shape),
    /// A constant.
    Literal(Literal),
    /// A call of a scalar function or operator.
    Call {
        /// Which.
        function: &'static Function,
        /// Which of its overloads.
        overload: usize,
        /// The arguments.
        args: Vec<Expr>,
    },
    /// A conversion to the expression's type that Kusto does by itself (`int` to `real`, `dynamic` to `string`).
    Cast(Box<Expr>),
    /// A member of a dynamic value: `base.a[0]['b']`.
    Path {
        /// The dynamic value.
        base: Box<Expr>,
        /// Keys (`string`) and positions (`long`), constant or computed.
        path: Vec<Expr>,
    },
    /// Several members of a dynamic value, read in one pass: a struct.
    Fields {
        /// The dynamic value, or the JSON text of one.
        base: Box<Expr>,
        /// The paths, each as a JSON array of keys and positions.
        paths: Vec<String>,
    },
    /// A member of the struct that [`ExprKind::Fields`] makes.
    Field {
        /// The struct.
        base: Box<Expr>,
        /// Which member, from 0.
        index: usize,
    },
    /// One of the values of a call that has several (`series_stats`).
    Part {
        /// The call, or the column that holds what it gave.
        base: Box<Expr>,
        /// Which value, from 0.
        index: usize,
    },
    /// The texts that a pattern cuts out of a string (`parse`, `parse-kv`): a struct with a text for each
    /// column, and last whether the pattern matched.
    Parsed {
        /// The string.
        base: Box<Expr>,
        /// The runtime function that does it.
        function: &'static str,
        /// The pattern, as that function reads it.
        pattern: String,
        /// What it must know of each column: its type or its key.
        columns: Vec<String>,
    },
    /// `value in (list)`
    In {
        /// What is looked for.
        value: Box<Expr>,
        /// Values of one type.
        list: Vec<Expr>,
        /// `in~`
        ignore_case: bool,
        /// `!in`
        negated: bool,
    },
    /// `value in (table)`
    InTable {
        /// What is looked for.
        value: Box<Expr>,
        /// A relation whose first column is looked into.
        table: Box<Rel>,
        /// `in~`
        ignore_case: bool,
        /// `!in`
        negated: bool,
    },
    /// `toscalar(table)`: the first column of the first row, null where there is none.
    Subquery(Box<Rel>),
    /// All values of a relation's first column as a dynamic array (`has_any (table)`).
    SubqueryArray(Box<Rel>),
    /// A call of an aggregate.
    Aggregate {
        /// Which.
        function: &'static Function,
        /// Which of its overloads.
        overload: usize,
        /// The arguments.
        args: Vec<Expr>,
        /// The row order, for aggregates that keep it.
        order: Vec<SortKey>,
        /// For `arg_max` and `arg_min`, which return several columns of one row: the number of the call, the
        /// same for all its columns. The arguments are the key and the column. For `percentiles` likewise: what
        /// is ranked, and the percentile.
        row_of: Option<usize>,
    },
    /// An aggregate or window function over the rows around a row.
    Window {
        /// What is computed: `row_number`, `prev`, or an aggregate.
        function: &'static Function,
        /// Which of its overloads.
        overload: usize,
        /// The arguments.
        args: Vec<Expr>,
        /// The rows that belong together.
        partition: Vec<Expr>,
        /// Their order.
        order: Vec<SortKey>,
    },
}

impl Rel {
    /// A relation.
    pub fn new(node: Node, columns: Vec<PlanColumn>, order: Order) -> Rel {
        Rel { node: Rc::new(node), columns: Rc::new(columns), order, open: false }
    }

    /// The same with columns that only the data knows: nothing is known of their types.
    #[must_use]
    pub fn with_inferred(mut self, names: impl IntoIterator<Item = ColumnName>) -> Rel {
        for name in names {
            if self.visible().all(|c| c.name != name) {
                let columns = Rc::make_mut(&mut self.columns);
                let visible = columns.iter().position(|c| c.hidden).unwrap_or(columns.len());
                columns.insert(visible, PlanColumn::new(name, Type::Unknown, true));
            }
        }
        self
    }

    /// The same rows and columns made by another node.
    #[must_use]
    pub fn within(self, node: impl FnOnce(Rel) -> Node) -> Rel {
        let (columns, order, open) = (self.columns.clone(), self.order.clone(), self.open);
        Rel { node: Rc::new(node(self)), columns, order, open }
    }

    /// The columns that are part of the result.
    pub fn visible(&self) -> impl Iterator<Item = &PlanColumn> {
        self.columns.iter().filter(|c| !c.hidden)
    }

    /// The same rows with all columns visible, those too that only the order needs.
    #[must_use]
    pub fn exposed(mut self) -> Rel {
        if self.columns.iter().any(|c| c.hidden) {
            self.columns =
                Rc::new(self.columns.iter().map(|c| PlanColumn { hidden: false, ..c.clone() }).collect());
        }
        self
    }

    /// The column of that name, hidden or not.
    pub fn column(&self, name: &str) -> Option<&PlanColumn> {
        self.columns.iter().find(|c| c.name == name)
    }
}

impl PlanColumn {
    /// A visible column.
    pub fn new(name: impl Into<ColumnName>, ty: Type, nullable: bool) -> Self {
        PlanColumn { name: name.into(), ty, shape: Shape::Any, nullable, hidden: false }
    }

    /// The same with what is known of its values.
    #[must_use]
    pub fn with_shape(self, shape: Shape) -> Self {
        PlanColumn { shape, ..self }
    }

    /// A reference to the column.
    pub fn reference(&self, span: Span) -> Expr {
        Expr { kind: ExprKind::Column(self.name.clone(), self.shape), ty: self.ty, span }
    }
}

impl Expr {
    /// An expression that did not bind.
    pub fn error(span: Span) -> Expr {
        Expr { kind: ExprKind::Error, ty: Type::Unknown, span }
    }

    /// A constant.
    pub fn literal(value: Literal, span: Span) -> Expr {
        let ty = value.ty();
        Expr { kind: ExprKind::Literal(value), ty, span }
    }

    /// One of several values.
    pub fn part(base: Expr, index: usize, ty: Type) -> Expr {
        let span = base.span;
        Expr { kind: ExprKind::Part { base: Box::new(base), index }, ty, span }
    }

    /// Whether it is a call that has several values, of which it is the first.
    pub fn has_several_values(&self) -> bool {
        matches!(&self.kind, ExprKind::Part { base, .. } if matches!(base.kind, ExprKind::Call { .. }))
    }

    /// The constant's value, where the expression is one.
    pub fn as_literal(&self) -> Option<&Literal> {
        match &self.kind {
            ExprKind::Literal(l) => Some(l),
            // A value that forgot its shape.
            ExprKind::Cast(inner) if inner.ty == self.ty => inner.as_literal(),
            _ => None,
        }
    }

    /// The column's name, where the expression is just a column.
    pub fn as_column(&self) -> Option<&ColumnName> {
        match &self.kind {
            ExprKind::Column(name, _) => Some(name),
            _ => None,
        }
    }

    /// The expressions directly within (not those of sub-queries).
    pub fn children(&self) -> impl Iterator<Item = &Expr> {
        type Parts<'e> = (Option<&'e Expr>, &'e [Expr], &'e [Expr], &'e [SortKey]);
        let (first, more, rest, keys): Parts<'_> = match &self.kind {
            ExprKind::Error
            | ExprKind::Column(..)
            | ExprKind::Literal(_)
            | ExprKind::Subquery(_)
            | ExprKind::SubqueryArray(_) => (None, &[], &[], &[]),
            ExprKind::Call { args, .. } => (None, args, &[], &[]),
            ExprKind::Cast(e)
            | ExprKind::Fields { base: e, .. }
            | ExprKind::Field { base: e, .. }
            | ExprKind::Part { base: e, .. }
            | ExprKind::Parsed { base: e, .. }
            | ExprKind::InTable { value: e, .. } => (Some(e), &[], &[], &[]),
            ExprKind::Path { base, path } => (Some(base), path, &[], &[]),
            ExprKind::In { value, list, .. } => (Some(value), list, &[], &[]),
            ExprKind::Aggregate { args, order, .. } => (None, args, &[], order),
            ExprKind::Window { args, partition, order, .. } => (None, args, partition, order),
        };
        first.into_iter().chain(more).chain(rest).chain(keys.iter().map(|k| &k.value))
    }

    /// The same, to be changed.
    pub fn children_mut(&mut self) -> impl Iterator<Item = &mut Expr> {
        type Parts<'e> = (Option<&'e mut Expr>, &'e mut [Expr], &'e mut [Expr], &'e mut [SortKey]);
        let (first, more, rest, keys): Parts<'_> = match &mut self.kind {
            ExprKind::Error
            | ExprKind::Column(..)
            | ExprKind::Literal(_)
            | ExprKind::Subquery(_)
            | ExprKind::SubqueryArray(_) => (None, &mut [], &mut [], &mut []),
            ExprKind::Call { args, .. } => (None, args, &mut [], &mut []),
            ExprKind::Cast(e)
            | ExprKind::Fields { base: e, .. }
            | ExprKind::Field { base: e, .. }
            | ExprKind::Part { base: e, .. }
            | ExprKind::Parsed { base: e, .. }
            | ExprKind::InTable { value: e, .. } => (Some(e), &mut [], &mut [], &mut []),
            ExprKind::Path { base, path } => (Some(base), path, &mut [], &mut []),
            ExprKind::In { value, list, .. } => (Some(value), list, &mut [], &mut []),
            ExprKind::Aggregate { args, order, .. } => (None, args, &mut [], order),
            ExprKind::Window { args, partition, order, .. } => (None, args, partition, order),
        };
        first.into_iter().chain(more).chain(rest).chain(keys.iter_mut().map(|k| &mut k.value))
    }

    /// Whether nothing can be within: a column or a constant. Most expressions are.
    pub(crate) fn is_leaf(&self) -> bool {
        matches!(self.kind, ExprKind::Column(..) | ExprKind::Literal(_))
    }

    /// Calls `f` for each column that the expression reads.
    pub fn for_each_column<'e>(&'e self, f: &mut dyn FnMut(&'e ColumnName)) {
        match &self.kind {
            ExprKind::Column(name, _) => f(name),
            ExprKind::Literal(_) => {}
            _ => self.children().for_each(|child| child.for_each_column(f)),
        }
    }

    /// Whether `test` holds for the expression or one within it.
    pub fn any(&self, test: &dyn Fn(&Expr) -> bool) -> bool {
        test(self) || !self.is_leaf() && self.children().any(|c| c.any(test))
    }

    /// Whether each evaluation may give another value (`rand`, `new_guid`).
    pub fn is_volatile(&self) -> bool {
        self.any(&|e| matches!(&e.kind, ExprKind::Call { function, .. } if function.volatile))
    }

    /// Whether it depends on no row: no column, aggregate or window in it.
    pub fn is_constant(&self) -> bool {
        !self.any(&|e| {
            matches!(e.kind, ExprKind::Column(..) | ExprKind::Aggregate { .. } | ExprKind::Window { .. })
        })
    }
}

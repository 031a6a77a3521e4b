//! `make-series`: Arrays of aggregates over an axis.

use crate::syntax::ast::Expr;

/// Arrays of aggregates over an axis.
#[derive(Debug, Clone)]
pub struct MakeSeries {
    /// The aggregates with their `default=` values.
    pub aggregates: Vec<(Expr, Option<Expr>)>,
    /// `on column`
    pub on: Box<Expr>,
    /// `from … to … step …` or `in range(…)`
    pub range: SeriesRange,
    /// `by …`
    pub by: Vec<Expr>,
}

/// The axis of a series.
#[derive(Debug, Clone)]
pub enum SeriesRange {
    /// `from a to b step c`; `from` and `to` may be missing
    FromToStep {
        /// The first value, included.
        from: Option<Box<Expr>>,
        /// The end, not included.
        to: Option<Box<Expr>>,
        /// The distance of two points.
        step: Box<Expr>,
    },
    /// `in range(start, stop, step)`; stop is included
    InRange(Box<Expr>, Box<Expr>, Box<Expr>),
}

//! `scan`: Matches sequences of steps over ordered rows.

use crate::syntax::ast::{Expr, Name, Ordered, Parameter};

/// Matches sequences of steps over ordered rows.
#[derive(Debug, Clone)]
pub struct Scan {
    /// `declare (name:type = default, …)`
    pub declare: Vec<Parameter>,
    /// `order by …`
    pub order_by: Vec<Ordered>,
    /// `partition by …`
    pub partition_by: Vec<Expr>,
    /// The steps.
    pub steps: Vec<ScanStep>,
}

/// `step name [optional] [output=all|last|none]: condition => column = value, …;`
#[derive(Debug, Clone)]
pub struct ScanStep {
    /// Its name.
    pub name: Name,
    /// `optional`
    pub optional: bool,
    /// `output=…`
    pub output: Option<Name>,
    /// When the step matches.
    pub condition: Expr,
    /// What is assigned then.
    pub assignments: Vec<(Name, Expr)>,
}

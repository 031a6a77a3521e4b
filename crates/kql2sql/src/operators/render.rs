//! `render`: Says how the result should be drawn.

use crate::syntax::ast::{Name, OperatorParameter};

/// Says how the result should be drawn.
#[derive(Debug, Clone)]
pub struct Render {
    /// The chart.
    pub chart: Name,
    /// `with (title=…, …)`
    pub properties: Vec<OperatorParameter>,
}

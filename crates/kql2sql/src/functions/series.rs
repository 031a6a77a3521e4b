//! Series: arrays of numbers over time.

pub mod decompose;
pub mod elements;
pub mod fill;
pub mod fit;
pub mod signal;

use super::*;
use crate::types::Type;

const SERIES: Param = param("series", ParamKind::DynamicArray);

const PAIR: &[Param] =
    &[param("series1", ParamKind::DynamicArray), param("series2", ParamKind::DynamicArray)];
const SERIES_AND_NUMBER: &[Param] =
    &[param("series1", ParamKind::DynamicArray), param("series2", ParamKind::Number)];
const NUMBER_AND_SERIES: &[Param] =
    &[param("series1", ParamKind::Number), param("series2", ParamKind::DynamicArray)];

/// Two series, or one and a number that stands for as many as the series has.
const fn pairs(returns: Returns, lower: Lower) -> [Overload; 3] {
    [
        overload(PAIR, returns, lower),
        overload(SERIES_AND_NUMBER, returns, lower),
        overload(NUMBER_AND_SERIES, returns, lower),
    ]
}

/// One series.
const fn one(returns: Returns, lower: Lower) -> [Overload; 1] {
    [overload(&[SERIES], returns, lower)]
}

const COMPUTED: Returns = Returns::Dynamic(Shape::ARRAY);
const REAL: Returns = Returns::Type(Type::Real);

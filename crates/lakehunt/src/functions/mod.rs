//! The functions of Kusto that DataFusion does not have: one file a family, named as in
//! `kql2sql::functions`, which says how they are called.
//!
//! Physical types, the contract with the SQL:
//!
//! | Kusto | Arrow |
//! |---|---|
//! | bool, int, long, real | Boolean, Int32, Int64, Float64 |
//! | decimal | Decimal128(38, 18) |
//! | string | Utf8View; NULL means "" |
//! | guid | Utf8View, lower case |
//! | dynamic | Utf8View holding canonical JSON; NULL is null |
//! | datetime | Timestamp(ns) without time zone, UTC; beyond 1695–2184 see [`time`] |
//! | timespan | Int64 ticks of 100 ns |
//!
//! To add a function, write its kernel into the family's list; a new family is one line in each of the
//! lists below.

pub mod adapter;
pub mod aggregate;
pub mod conversion;
pub mod datetime;
pub mod dynamic;
pub mod encoding;
pub mod geo;
pub mod ip;
pub mod math;
pub mod operator;
pub mod parsing;
pub mod series;
pub mod sketch;
pub mod string;
pub mod time;
pub mod units;
pub mod window;

use adapter::{AggregateKernel, ScalarKernel, WindowKernel};
use datafusion::prelude::SessionContext;

/// The scalar functions, a slice for each family.
#[rustfmt::skip] // one family a line
pub static SCALARS: &[&[ScalarKernel]] = &[
    dynamic::access::SCALARS,
    dynamic::arrays::SCALARS,
    dynamic::bags::SCALARS,
    dynamic::compare::SCALARS,
    dynamic::convert::SCALARS,
    dynamic::expand::SCALARS,
    dynamic::sets::SCALARS,
    conversion::SCALARS,
    datetime::SCALARS,
    encoding::SCALARS,
    geo::buffer::SCALARS,
    geo::cells::SCALARS,
    geo::cover::SCALARS,
    geo::densify::SCALARS,
    geo::geohash::SCALARS,
    geo::h3::SCALARS,
    geo::line::SCALARS,
    geo::lookup::SCALARS,
    geo::point::SCALARS,
    geo::polygon::SCALARS,
    geo::wkt::SCALARS,
    ip::SCALARS,
    math::SCALARS,
    math::BINS,
    operator::SCALARS,
    parsing::SCALARS,
    series::SCALARS,
    series::axis::SCALARS,
    series::decompose::SCALARS,
    series::elements::SCALARS,
    series::fill::SCALARS,
    series::filter::SCALARS,
    series::fit::SCALARS,
    series::fourier::SCALARS,
    series::outliers::SCALARS,
    series::stats::SCALARS,
    sketch::SCALARS,
    string::operators::SCALARS,
    string::parse::SCALARS,
    string::pattern::SCALARS,
    string::text::SCALARS,
    units::SCALARS,
];

/// The aggregates, a slice for each family.
pub static AGGREGATES: &[&[AggregateKernel]] = &[aggregate::AGGREGATES];

/// The window functions, a slice for each family.
pub static WINDOWS: &[&[WindowKernel]] = &[window::WINDOWS];

/// Makes all of them known to a DataFusion session.
pub fn register_all(context: &SessionContext) {
    for kernel in SCALARS.iter().copied().flatten() {
        context.register_udf(kernel.udf());
    }
    for kernel in AGGREGATES.iter().copied().flatten() {
        context.register_udaf(kernel.udaf());
    }
    for kernel in WINDOWS.iter().copied().flatten() {
        context.register_udwf(kernel.udwf());
    }
}

/// The names of all of them.
pub fn names() -> Vec<&'static str> {
    let scalars = SCALARS.iter().copied().flatten().map(|k| k.name);
    let aggregates = AGGREGATES.iter().copied().flatten().map(|k| k.name);
    let windows = WINDOWS.iter().copied().flatten().map(|k| k.name);
    scalars.chain(aggregates).chain(windows).collect()
}

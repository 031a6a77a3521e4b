//! Geography: the functions of `kql2sql::functions::geo`.
//!
//! The Earth is a sphere of 6,371,010 m, edges are geodesics on it: Kusto computes with Google's S2 library, and so do
//! these, with its port. Shapes are GeoJSON. What is no valid point, cell or shape gives null (or "" for tokens).

pub mod buffer;
pub mod cells;
pub mod cover;
pub mod densify;
pub mod geohash;
mod geojson;
pub mod h3;
pub mod line;
pub mod lookup;
pub mod point;
pub mod polygon;
mod shape;
pub mod wkt;

use super::adapter::{ArgType, Args, ReturnType, ScalarKernel};
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;
use geojson::Position;

const fn kernel(
    name: &'static str,
    returns: ReturnType,
    args: &'static [ArgType],
    eval: fn(&Args<'_>) -> Result<ArrayRef>,
) -> ScalarKernel {
    ScalarKernel { name, returns, args, eval, ..ScalarKernel::BASE }
}

/// The point whose longitude is the argument at `index` and whose latitude the one behind it; none if it is null or
/// not on Earth.
fn position<'a>(args: &Args<'a>, index: usize) -> Result<impl Fn(usize) -> Option<Position> + use<'a>> {
    let (longitude, latitude) = (args.real(index)?, args.real(index + 1)?);
    Ok(move |row| {
        let [longitude, latitude] = [longitude.get(row)?, latitude.get(row)?];
        // NaN is in no range.
        ((-180.0..=180.0).contains(&longitude) && (-90.0..=90.0).contains(&latitude))
            .then_some([longitude, latitude])
    })
}

/// The argument at `index`, a whole number within `0..=most`; `default` where it was not given, none where it is null or
/// out of range.
fn level<'a>(
    args: &Args<'a>,
    index: usize,
    default: u8,
    most: u8,
) -> Result<impl Fn(usize) -> Option<u8> + use<'a>> {
    let given = if index < args.len() { Some(args.long(index)?) } else { None };
    Ok(move |row| match &given {
        None => Some(default),
        Some(level) => u8::try_from(level.get(row)?).ok().filter(|level| *level <= most),
    })
}

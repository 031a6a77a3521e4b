//! Geography, a file for what each group of functions is about.
//!
//! Kusto computes on a sphere with Google's S2 library. Where an answer of Kusto's shows how, the runtime does the same
//! with a port of that library.

pub mod cells;
pub mod geohash;
pub mod h3;
pub mod line;
pub mod point;
pub mod polygon;

use super::*;
use crate::types::Type;

const STRING: ParamKind = ParamKind::Types(&[Type::String]);
const LONGITUDE: Param = param("longitude", ParamKind::Number);
const LATITUDE: Param = param("latitude", ParamKind::Number);
const RADIUS: Param = param("radius", ParamKind::Number);
const LEVEL: Param = param("level", ParamKind::Number).optional();
const RESOLUTION: Param = param("resolution", ParamKind::Number).optional();
const TOLERANCE: Param = param("tolerance", ParamKind::Number).optional();
const SPHEROID: Param = param("use_spheroid", ParamKind::NumberOrBool).optional();
const CROSSING: Param = param("preserve_crossing", ParamKind::NumberOrBool).optional();
const LINE: Param = param("lineString", ParamKind::DynamicBag);
const LINE_1: Param = param("lineString1", ParamKind::DynamicBag);
const LINE_2: Param = param("lineString2", ParamKind::DynamicBag);
const POLYGON: Param = param("polygon", ParamKind::DynamicBag);
const POLYGON_1: Param = param("polygon1", ParamKind::DynamicBag);
const POLYGON_2: Param = param("polygon2", ParamKind::DynamicBag);
const POLYGONS: Param = param("polygons", ParamKind::DynamicArray);
const P1_LONGITUDE: Param = param("p1_longitude", ParamKind::Number);
const P1_LATITUDE: Param = param("p1_latitude", ParamKind::Number);
const P2_LONGITUDE: Param = param("p2_longitude", ParamKind::Number);
const P2_LATITUDE: Param = param("p2_latitude", ParamKind::Number);

/// Two points.
const TWO_POINTS: [Param; 4] = [P1_LONGITUDE, P1_LATITUDE, P2_LONGITUDE, P2_LATITUDE];

const REAL: Returns = Returns::Type(Type::Real);
const BOOL: Returns = Returns::Type(Type::Bool);
/// A shape in GeoJSON.
const SHAPE: Returns = Returns::Dynamic(Shape::Bag);
/// The texts that stand for cells.
const CELLS: Returns = Returns::Dynamic(Shape::STRINGS);

/// A call of the runtime's function without the argument at `index` and those behind it. That argument may only be a
/// literal `false` or 0, which is what it is when left out; else the call is refused, for the reason `why`.
fn without(name: &str, call: Call, index: usize, why: &str) -> Result<sqlparser::ast::Expr, Refusal> {
    use crate::syntax::ast::Literal;
    if let Some(arg) = call.args.get(index)
        && !matches!(arg.literal, Some(Literal::Bool(false) | Literal::Long(0) | Literal::Int(0)))
    {
        return Err(Refusal(why.to_owned()));
    }
    let args = call.args.iter().take(index).map(|arg| arg.sql.clone());
    Ok(to_dynamic::call(name, args))
}

/// Without `use_spheroid`: the argument at `index`.
fn on_sphere(name: &str, call: Call, index: usize) -> Result<sqlparser::ast::Expr, Refusal> {
    without(name, call, index, "it measures on a sphere only; leave use_spheroid out, or make it false")
}

/// Without `preserve_crossing`, the third argument.
fn without_crossing(name: &str, call: Call) -> Result<sqlparser::ast::Expr, Refusal> {
    let why =
        "how Kusto writes edges that go over the antimeridian is not known; leave preserve_crossing out";
    without(name, call, 2, why)
}

//! Points on Earth: distances, directions and circles.

use super::geojson::Position;
use super::{kernel, position};
use crate::functions::adapter::{ArgType, ReturnType, ScalarKernel};
use s2rst::s1::Angle;
use s2rst::s2::{Cap, LatLng, Point, earth};
use std::f64::consts::TAU;

/// Functions of points.
pub static SCALARS: &[ScalarKernel] = &[
    kernel("kql_geo_distance_2points", ReturnType::Real, &[ArgType::Real; 4], |a| {
        let (from, to) = (position(a, 0)?, position(a, 2)?);
        a.collect(|row| Some(meters(on_sphere(from(row)?).distance(on_sphere(to(row)?)))))
    }),
    kernel("kql_geo_azimuth", ReturnType::Real, &[ArgType::Real; 4], |a| {
        let (from, to) = (position(a, 0)?, position(a, 2)?);
        a.collect(|row| bearing(from(row)?, to(row)?))
    }),
    kernel("kql_geo_angle", ReturnType::Real, &[ArgType::Real; 6], |a| {
        let (before, at, to) = (position(a, 0)?, position(a, 2)?, position(a, 4)?);
        a.collect(|row| {
            let (before, at, to) = (before(row)?, at(row)?, to(row)?);
            Some(around(bearing(at, to)? - bearing(at, before)?))
        })
    }),
    kernel("kql_geo_point_in_circle", ReturnType::Bool, &[ArgType::Real; 5], |a| {
        let (inner, center, radius) = (position(a, 0)?, position(a, 2)?, a.real(4)?);
        a.collect(|row| {
            let (inner, center) = (on_sphere(inner(row)?), on_sphere(center(row)?));
            let radius = radius.get(row).filter(|meters| meters.is_finite() && *meters > 0.0)?;
            Some(Cap::from_center_angle(center, angle(radius)).contains_point(inner))
        })
    }),
];

/// The point as a unit vector.
pub fn on_sphere([longitude, latitude]: Position) -> Point {
    LatLng::from_degrees(latitude, longitude).to_point()
}

/// The unit vector as a point.
pub fn on_map(point: Point) -> Position {
    let point = LatLng::from_point(point);
    [point.lng.degrees(), point.lat.degrees()]
}

/// The length of an arc on Earth.
pub fn meters(angle: Angle) -> f64 {
    earth::to_meters(angle)
}

/// The arc on Earth that is so long.
pub fn angle(meters: f64) -> Angle {
    earth::meters_to_angle(meters)
}

/// The direction from one point to another in radians, clockwise from north; none where it is every direction.
fn bearing(from: Position, to: Position) -> Option<f64> {
    if same(from, to) || antipodal(from, to) {
        return None;
    }
    let degrees = |[longitude, latitude]: Position| LatLng::from_degrees(latitude, longitude);
    Some(around(earth::get_initial_bearing(degrees(from), degrees(to)).radians()))
}

/// Whether two positions are the same point. Asked of the degrees: their unit vectors are rounded.
fn same(a: Position, b: Position) -> bool {
    a[1] == b[1] && (a[1].abs() == 90.0 || (a[0] - b[0]) % 360.0 == 0.0)
}

/// Whether two positions lie opposite to each other, so that there are many shortest ways between them.
pub fn antipodal(a: Position, b: Position) -> bool {
    same(a, [b[0] + 180.0, -b[1]])
}

/// The angle within [0, 2π).
fn around(radians: f64) -> f64 {
    let angle = radians.rem_euclid(TAU);
    if angle < TAU { angle } else { 0.0 }
}

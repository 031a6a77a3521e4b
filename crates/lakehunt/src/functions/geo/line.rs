//! Lines and multilines.

use super::geojson::Geometry;
use super::point::{angle, meters, on_map, on_sphere};
use super::shape::{
    LINES, assemble, geometry_of_lines, index_of_lines, intersection, intersects, lines, union,
};
use super::{kernel, position};
use crate::functions::adapter::{ArgType, ReturnType, ScalarKernel};
use s2rst::s1::Angle;
use s2rst::s2::Point;
use s2rst::s2::builder::Options;
use s2rst::s2::builder::snap::{IdentitySnapFunction, MAX_SNAP_RADIUS};
use s2rst::s2::polyline::Polyline;

/// Functions of lines.
pub static SCALARS: &[ScalarKernel] = &[
    kernel("kql_geo_line_length", ReturnType::Real, &[ArgType::Text], |a| {
        let mut lines = LINES.prepare(a.text(0)?);
        a.collect(|row| {
            Some(union(lines.get(row).as_ref()?)?.iter().map(|line| meters(line.length())).sum::<f64>())
        })
    }),
    kernel("kql_geo_line_centroid", ReturnType::Dynamic, &[ArgType::Text], |a| {
        let mut lines = LINES.prepare(a.text(0)?);
        a.collect(|row| {
            // Centroids come multiplied by the lengths, so that those of parts add up.
            let parts = union(lines.get(row).as_ref()?)?;
            let sum = parts.iter().map(|line| line.centroid().0).reduce(|a, b| a + b)?;
            Some(Geometry::Point(on_map(Point(sum.normalize()))).to_json())
        })
    }),
    kernel("kql_geo_line_locate_point", ReturnType::Real, ON_LINE, |a| {
        let (mut lines, position) = (LINES.prepare(a.text(0)?), position(a, 1)?);
        a.collect(|row| {
            let [line] = lines.get(row).as_ref()?.as_slice() else { return None };
            let (point, next) = line.project(on_sphere(position(row)?));
            Some(line.uninterpolate(point, next))
        })
    }),
    kernel("kql_geo_line_interpolate_point", ReturnType::Dynamic, &[ArgType::Text, ArgType::Real], |a| {
        let (mut lines, fraction) = (LINES.prepare(a.text(0)?), a.real(1)?);
        a.collect(|row| {
            let [line] = lines.get(row).as_ref()?.as_slice() else { return None };
            let fraction = fraction.get(row).filter(|fraction| (0.0..=1.0).contains(fraction))?;
            Some(Geometry::Point(on_map(line.interpolate(fraction).0)).to_json())
        })
    }),
    kernel("kql_geo_distance_point_to_line", ReturnType::Real, POINT_AND_LINE, |a| {
        let (position, mut lines) = (position(a, 0)?, LINES.prepare(a.text(2)?));
        a.collect(|row| {
            let point = on_sphere(position(row)?);
            Some(meters(closest(point, lines.get(row).as_ref()?)?.1))
        })
    }),
    kernel("kql_geo_closest_point_on_line", ReturnType::Dynamic, POINT_AND_LINE, |a| {
        let (position, mut lines) = (position(a, 0)?, LINES.prepare(a.text(2)?));
        a.collect(|row| {
            let point = on_sphere(position(row)?);
            Some(Geometry::Point(on_map(closest(point, lines.get(row).as_ref()?)?.0)).to_json())
        })
    }),
    ScalarKernel {
        optional: 1,
        ..kernel("kql_geo_line_simplify", ReturnType::Dynamic, &[ArgType::Text, ArgType::Real], |a| {
            let mut lines = LINES.prepare(a.text(0)?);
            let tolerance = if a.len() > 1 { Some(a.real(1)?) } else { None };
            a.collect(|row| {
                let tolerance = match &tolerance {
                    Some(tolerance) => tolerance.get(row)?,
                    None => 10.0,
                };
                let mut options = Options::new(Box::new(snap(tolerance)?));
                options.simplify_edge_chains = true;
                Some(geometry_of_lines(&assemble(lines.get(row).as_ref()?, options)?)?.to_json())
            })
        })
    },
    kernel("kql_geo_intersects_2lines", ReturnType::Bool, &[ArgType::Text; 2], |a| {
        let (mut first, mut second) = (LINES.prepare(a.text(0)?), LINES.prepare(a.text(1)?));
        a.collect(|row| {
            let (first, second) = (first.get(row).as_ref()?, second.get(row).as_ref()?);
            Some(intersects(index_of_lines(first), index_of_lines(second)))
        })
    }),
    kernel("kql_geo_intersection_2lines", ReturnType::Dynamic, &[ArgType::Text; 2], |a| {
        let (mut first, mut second) = (LINES.prepare(a.text(0)?), LINES.prepare(a.text(1)?));
        a.collect(|row| {
            let (first, second) = (first.get(row).as_ref()?, second.get(row).as_ref()?);
            Some(intersection(index_of_lines(first), index_of_lines(second))?.to_json())
        })
    }),
    kernel("kql_geo_union_lines_array", ReturnType::Dynamic, &[ArgType::Text], |a| {
        let array = a.text(0)?;
        a.collect(|row| {
            let array: serde_json::Value = serde_json::from_str(array.get_opt(row)?).ok()?;
            let mut all = Vec::new();
            for shape in array.as_array()? {
                all.extend(lines(&Geometry::from_value(shape)?)?);
            }
            Some(geometry_of_lines(&union(&all)?)?.to_json())
        })
    }),
];

const ON_LINE: &[ArgType] = &[ArgType::Text, ArgType::Real, ArgType::Real];
const POINT_AND_LINE: &[ArgType] = &[ArgType::Real, ArgType::Real, ArgType::Text];

/// The point on the lines that is nearest to a point, and how far it is away.
pub fn closest(point: Point, lines: &[Polyline]) -> Option<(Point, Angle)> {
    let candidates = lines.iter().map(|line| {
        let on_line = line.project(point).0;
        (on_line, point.distance(on_line))
    });
    candidates.min_by(|a, b| a.1.radians().total_cmp(&b.1.radians()))
}

/// Vertices nearer to each other than so many meters become one; none if that is less than nothing or too much.
pub fn snap(tolerance: f64) -> Option<IdentitySnapFunction> {
    let radius = angle(tolerance);
    (tolerance >= 0.0 && radius <= MAX_SNAP_RADIUS).then(|| IdentitySnapFunction::new(radius))
}

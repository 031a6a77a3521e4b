//! Finding the areas and lines of a table that have a point, for the plugins `geo_polygon_lookup` and
//! `geo_line_lookup`.

use super::geojson::Geometry;
use super::line::closest;
use super::point::{meters, on_sphere};
use super::shape::{lines, polygon};
use super::{kernel, position};
use crate::functions::adapter::{ArgType, Args, Cache, ReturnType, ScalarKernel};
use crate::functions::string::array::{elements, push_array};
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;
use s2rst::s2::polyline::Polyline;
use s2rst::s2::{Point, Polygon, Region};

/// `kql_geo_polygons_at(longitude, latitude, keys [, radius])`: those of the polygons among the keys that have the point,
/// or are within so many meters of it, as an array; an array of "" if there is none.
///
/// `kql_geo_lines_at(longitude, latitude, keys, radius)`: the same for lines.
pub static SCALARS: &[ScalarKernel] = &[
    ScalarKernel {
        optional: 1,
        ..kernel("kql_geo_polygons_at", ReturnType::Dynamic, ARGS, |a| {
            static TABLES: Cache<Vec<(String, Polygon)>> = Cache::new(|keys| shapes(keys, polygon));
            find(a, &TABLES, |polygon, point, radius| match radius {
                Some(radius) => meters(polygon.get_distance(point)) <= radius,
                None => polygon.contains_point(&point),
            })
        })
    },
    kernel("kql_geo_lines_at", ReturnType::Dynamic, ARGS, |a| {
        static TABLES: Cache<Vec<(String, Vec<Polyline>)>> = Cache::new(|keys| shapes(keys, lines));
        find(a, &TABLES, |lines, point, radius| {
            closest(point, lines).zip(radius).is_some_and(|((_, away), radius)| meters(away) <= radius)
        })
    }),
];

const ARGS: &[ArgType] = &[ArgType::Real, ArgType::Real, ArgType::Text, ArgType::Real];

/// The shapes of an array of GeoJSON texts, each with its text; those that are not valid match nothing.
fn shapes<S>(keys: &str, shape: fn(&Geometry) -> Option<S>) -> Vec<(String, S)> {
    let valid = elements(keys).into_iter().filter_map(|key| {
        let shape = shape(&Geometry::parse(&key)?)?;
        Some((key, shape))
    });
    valid.collect()
}

fn find<S>(
    args: &Args<'_>,
    tables: &'static Cache<Vec<(String, S)>>,
    matches: fn(&S, Point, Option<f64>) -> bool,
) -> Result<ArrayRef> {
    let (position, mut tables) = (position(args, 0)?, tables.prepare(args.text(2)?));
    let radius = if args.len() > 3 { Some(args.real(3)?) } else { None };
    args.collect_text(|row, out| {
        let radius = radius.as_ref().and_then(|radius| radius.get(row));
        let mut found: Vec<&str> = Vec::new();
        if let Some(position) = position(row) {
            let point = on_sphere(position);
            let near = tables.get(row).iter().filter(|(_, shape)| matches(shape, point, radius));
            found.extend(near.map(|(key, _)| key.as_str()));
        }
        if found.is_empty() {
            found.push("");
        }
        push_array(out, found);
        true
    })
}

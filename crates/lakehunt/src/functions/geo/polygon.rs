//! Polygons and multipolygons.

use super::geojson::Geometry;
use super::line::snap;
use super::point::{meters, on_map, on_sphere};
use super::shape::{
    LINES, POLYGONS, geometry_of, index_of_lines, index_of_polygon, intersection, intersects, polygon,
};
use super::{kernel, position};
use crate::functions::adapter::{ArgType, ReturnType, ScalarKernel};
use s2rst::s2::{Polygon, Region, earth};

/// Functions of polygons.
pub static SCALARS: &[ScalarKernel] = &[
    kernel("kql_geo_point_in_polygon", ReturnType::Bool, POINT_AND_POLYGON, |a| {
        let (position, mut polygons) = (position(a, 0)?, POLYGONS.prepare(a.text(2)?));
        a.collect(|row| {
            let point = on_sphere(position(row)?);
            Some(polygons.get(row).as_ref()?.contains_point(&point))
        })
    }),
    kernel("kql_geo_distance_point_to_polygon", ReturnType::Real, POINT_AND_POLYGON, |a| {
        let (position, mut polygons) = (position(a, 0)?, POLYGONS.prepare(a.text(2)?));
        a.collect(|row| {
            let point = on_sphere(position(row)?);
            Some(meters(polygons.get(row).as_ref()?.get_distance(point)))
        })
    }),
    kernel("kql_geo_closest_point_on_polygon", ReturnType::Dynamic, POINT_AND_POLYGON, |a| {
        let (position, mut polygons) = (position(a, 0)?, POLYGONS.prepare(a.text(2)?));
        a.collect(|row| {
            let point = on_sphere(position(row)?);
            Some(Geometry::Point(on_map(polygons.get(row).as_ref()?.project_point(point))).to_json())
        })
    }),
    kernel("kql_geo_polygon_area", ReturnType::Real, &[ArgType::Text], |a| {
        let mut polygons = POLYGONS.prepare(a.text(0)?);
        a.collect(|row| Some(earth::steradians_to_square_meters(polygons.get(row).as_ref()?.area())))
    }),
    kernel("kql_geo_polygon_perimeter", ReturnType::Real, &[ArgType::Text], |a| {
        let mut polygons = POLYGONS.prepare(a.text(0)?);
        a.collect(|row| Some(perimeter(polygons.get(row).as_ref()?)))
    }),
    kernel("kql_geo_polygon_centroid", ReturnType::Dynamic, &[ArgType::Text], |a| {
        let mut polygons = POLYGONS.prepare(a.text(0)?);
        a.collect(|row| {
            let centroid = polygons.get(row).as_ref()?.centroid().normalize();
            Some(Geometry::Point(on_map(centroid)).to_json())
        })
    }),
    ScalarKernel {
        optional: 1,
        ..kernel("kql_geo_polygon_simplify", ReturnType::Dynamic, &[ArgType::Text, ArgType::Real], |a| {
            let mut polygons = POLYGONS.prepare(a.text(0)?);
            let tolerance = if a.len() > 1 { Some(a.real(1)?) } else { None };
            a.collect(|row| {
                let tolerance = match &tolerance {
                    Some(tolerance) => tolerance.get(row)?,
                    None => 10.0,
                };
                let simple = Polygon::simplified(polygons.get(row).as_ref()?, Box::new(snap(tolerance)?));
                Some(geometry_of(&simple)?.to_json())
            })
        })
    },
    kernel("kql_geo_intersects_2polygons", ReturnType::Bool, &[ArgType::Text; 2], |a| {
        let (mut first, mut second) = (POLYGONS.prepare(a.text(0)?), POLYGONS.prepare(a.text(1)?));
        a.collect(|row| {
            let (first, second) = (first.get(row).as_ref()?, second.get(row).as_ref()?);
            Some(intersects(index_of_polygon(first), index_of_polygon(second)))
        })
    }),
    kernel("kql_geo_intersection_2polygons", ReturnType::Dynamic, &[ArgType::Text; 2], |a| {
        let (mut first, mut second) = (POLYGONS.prepare(a.text(0)?), POLYGONS.prepare(a.text(1)?));
        a.collect(|row| {
            let (first, second) = (first.get(row).as_ref()?, second.get(row).as_ref()?);
            Some(intersection(index_of_polygon(first), index_of_polygon(second))?.to_json())
        })
    }),
    kernel("kql_geo_intersects_line_with_polygon", ReturnType::Bool, &[ArgType::Text; 2], |a| {
        let (mut lines, mut polygons) = (LINES.prepare(a.text(0)?), POLYGONS.prepare(a.text(1)?));
        a.collect(|row| {
            let (lines, polygon) = (lines.get(row).as_ref()?, polygons.get(row).as_ref()?);
            Some(intersects(index_of_lines(lines), index_of_polygon(polygon)))
        })
    }),
    kernel("kql_geo_intersection_line_with_polygon", ReturnType::Dynamic, &[ArgType::Text; 2], |a| {
        let (mut lines, mut polygons) = (LINES.prepare(a.text(0)?), POLYGONS.prepare(a.text(1)?));
        a.collect(|row| {
            let (lines, polygon) = (lines.get(row).as_ref()?, polygons.get(row).as_ref()?);
            Some(intersection(index_of_lines(lines), index_of_polygon(polygon))?.to_json())
        })
    }),
    kernel("kql_geo_union_polygons_array", ReturnType::Dynamic, &[ArgType::Text], |a| {
        let array = a.text(0)?;
        a.collect(|row| {
            let array: serde_json::Value = serde_json::from_str(array.get_opt(row)?).ok()?;
            let polygons: Option<Vec<_>> =
                array.as_array()?.iter().map(|shape| polygon(&Geometry::from_value(shape)?)).collect();
            Some(geometry_of(&Polygon::union_all(polygons?))?.to_json())
        })
    }),
];

const POINT_AND_POLYGON: &[ArgType] = &[ArgType::Real, ArgType::Real, ArgType::Text];

/// The length of all borders in meters.
fn perimeter(polygon: &Polygon) -> f64 {
    let borders = polygon.loops().iter();
    borders
        .map(|border| {
            let edges = (0..border.num_vertices()).map(|i| border.vertex(i).distance(border.vertex(i + 1)));
            edges.map(meters).sum::<f64>()
        })
        .sum()
}

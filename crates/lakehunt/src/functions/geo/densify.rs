//! Edges that are straight on the map, as chains of edges that are straight on Earth.

use super::geojson::{Geometry, Position};
use super::kernel;
use super::point::{angle, on_map};
use super::shape::{lines, polygon};
use crate::functions::adapter::{ArgType, Args, Cache, ReturnType, ScalarKernel};
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;
use s2rst::r2;
use s2rst::s2::edge_tessellator::EdgeTessellator;
use s2rst::s2::projections::{PlateCarreeProjection, Projection};
use s2rst::s2::{LatLng, Point};

/// `geo_line_densify` and `geo_polygon_densify`.
pub static SCALARS: &[ScalarKernel] = &[
    ScalarKernel {
        optional: 1,
        ..kernel("kql_geo_line_densify", ReturnType::Dynamic, &[ArgType::Text, ArgType::Real], |a| {
            static LINES: Cache<Option<Geometry>> =
                Cache::new(|json| Geometry::parse(json).filter(|shape| lines(shape).is_some()));
            densify(a, &LINES)
        })
    },
    ScalarKernel {
        optional: 1,
        ..kernel("kql_geo_polygon_densify", ReturnType::Dynamic, &[ArgType::Text, ArgType::Real], |a| {
            static POLYGONS: Cache<Option<Geometry>> =
                Cache::new(|json| Geometry::parse(json).filter(|shape| polygon(shape).is_some()));
            densify(a, &POLYGONS)
        })
    },
];

/// The most points of a result.
const MOST: usize = 10_485_760;

fn densify(args: &Args<'_>, shapes: &'static Cache<Option<Geometry>>) -> Result<ArrayRef> {
    let mut shapes = shapes.prepare(args.text(0)?);
    let tolerance = if args.len() > 1 { Some(args.real(1)?) } else { None };
    args.collect(|row| {
        let tolerance = match &tolerance {
            Some(tolerance) => tolerance.get(row)?,
            None => 10.0,
        };
        if !(0.1..=10_000.0).contains(&tolerance) {
            return None;
        }
        let tessellator = EdgeTessellator::new(Flat(PlateCarreeProjection::new(180.0)), angle(tolerance));
        let chain = |positions: &Vec<Position>| chain(&tessellator, positions);
        let ring = |positions: &Vec<Position>| Some(on_maps(&chain(positions)?));
        let dense = match shapes.get(row).as_ref()? {
            Geometry::LineString(line) => pieces(vec![chain(line)?]),
            Geometry::MultiLineString(lines) => pieces(lines.iter().map(chain).collect::<Option<_>>()?),
            Geometry::Polygon(rings) => Geometry::Polygon(rings.iter().map(ring).collect::<Option<_>>()?),
            Geometry::MultiPolygon(polygons) => {
                let polygons = polygons.iter().map(|rings| rings.iter().map(ring).collect());
                Geometry::MultiPolygon(polygons.collect::<Option<_>>()?)
            }
            _ => return None,
        };
        Some(dense.to_json())
    })
}

fn chain(tessellator: &EdgeTessellator<Flat>, positions: &[Position]) -> Option<Vec<Point>> {
    let mut points = Vec::new();
    for edge in positions.windows(2) {
        let [from, to] = [edge[0], edge[1]].map(|[x, y]| r2::Point::new(x, y));
        tessellator.append_unprojected(from, to, &mut points);
        if points.len() > MOST {
            return None;
        }
    }
    Some(points)
}

fn on_maps(points: &[Point]) -> Vec<Position> {
    points.iter().map(|point| on_map(*point)).collect()
}

/// The chains as a line, or as several: none goes over the antimeridian.
fn pieces(chains: Vec<Vec<Point>>) -> Geometry {
    /// What Kusto writes for the antimeridian.
    const EDGE: f64 = 180.0 - 1e-12;
    let mut lines = Vec::new();
    for chain in chains {
        let mut line: Vec<Position> = Vec::new();
        for (index, point) in chain.iter().enumerate() {
            let position = on_map(*point);
            if let Some(&[before, _]) = line.last()
                && (position[0] - before).abs() > 180.0
            {
                // Where the edge meets the half of the plane y = 0 that holds the antimeridian.
                let (a, b) = (chain[index - 1].0, point.0);
                let meeting = a * b.y.abs() + b * a.y.abs();
                let latitude = meeting.z.atan2(meeting.x.hypot(meeting.y)).to_degrees();
                line.push([EDGE.copysign(before), latitude]);
                lines.push(std::mem::take(&mut line));
                line.push([EDGE.copysign(position[0]), latitude]);
            }
            line.push(position);
        }
        lines.push(line);
    }
    match <[Vec<Position>; 1]>::try_from(lines) {
        Ok([line]) => Geometry::LineString(line),
        Err(lines) => Geometry::MultiLineString(lines),
    }
}

/// The plate carrée in degrees. An edge goes over the map as it is written, not the short way round the Earth.
#[derive(Debug)]
struct Flat(PlateCarreeProjection);

impl Projection for Flat {
    fn project(&self, point: Point) -> r2::Point {
        self.0.project(point)
    }

    fn unproject(&self, point: r2::Point) -> Point {
        self.0.unproject(point)
    }

    fn from_lat_lng(&self, position: LatLng) -> r2::Point {
        self.0.from_lat_lng(position)
    }

    fn to_lat_lng(&self, point: r2::Point) -> LatLng {
        self.0.to_lat_lng(point)
    }

    fn interpolate(&self, fraction: f64, from: r2::Point, to: r2::Point) -> r2::Point {
        self.0.interpolate(fraction, from, to)
    }

    fn wrap_distance(&self) -> r2::Point {
        r2::Point::new(0.0, 0.0)
    }
}

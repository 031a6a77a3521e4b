//! The cells that cover a shape.

use super::geojson::{Geometry, Position};
use super::point::angle;
use super::shape::{LINES, POLYGONS, index_of_lines, polygon};
use super::{kernel, level};
use crate::functions::adapter::{ArgType, Args, Cache, ReturnType, ScalarKernel};
use crate::functions::string::array::push_array;
use datafusion::common::Result;
use h3o::{CellIndex, LatLng, Resolution};
use s2rst::s2::shape_index::ShapeIndex;
use s2rst::s2::shape_index_buffered_region::ShapeIndexBufferedRegion;
use s2rst::s2::shape_index_region::ShapeIndexRegion;
use s2rst::s2::{Cell, CellId, Face, Region};
use std::collections::BTreeSet;

/// Functions that cover shapes with cells.
pub static SCALARS: &[ScalarKernel] = &[
    ScalarKernel {
        optional: 2,
        ..kernel("kql_geo_line_to_s2cells", ReturnType::Dynamic, SHAPE, |a| {
            let (mut lines, level, radius) = (LINES.prepare(a.text(0)?), level(a, 1, 11, 30)?, radius(a)?);
            a.collect(|row| tokens(&index_of_lines(lines.get(row).as_ref()?), level(row)?, radius(row)?))
        })
    },
    ScalarKernel {
        optional: 2,
        ..kernel("kql_geo_polygon_to_s2cells", ReturnType::Dynamic, SHAPE, |a| {
            let (mut shapes, level, radius) =
                (POLYGONS.prepare(a.text(0)?), level(a, 1, 11, 30)?, radius(a)?);
            a.collect(|row| tokens(shapes.get(row).as_ref()?.shape_index(), level(row)?, radius(row)?))
        })
    },
    ScalarKernel {
        optional: 1,
        ..kernel("kql_geo_polygon_to_h3cells", ReturnType::Dynamic, &[ArgType::Text, ArgType::Long], |a| {
            static SHAPES: Cache<Option<Area>> = Cache::new(Area::parse);
            let (mut shapes, resolution) = (SHAPES.prepare(a.text(0)?), level(a, 1, 6, 15)?);
            a.collect_text(|row, out| {
                let cells = shapes.get(row).as_ref().zip(resolution(row));
                let Some(cells) = cells.and_then(|(area, resolution)| area.cells(resolution)) else {
                    return false;
                };
                push_array(out, cells.iter().map(CellIndex::to_string));
                true
            })
        })
    },
];

const SHAPE: &[ArgType] = &[ArgType::Text, ArgType::Long, ArgType::Real];

/// The most S2 cells of a covering.
const MOST_S2: usize = 65_536;

/// The most H3 cells of a covering.
const MOST_H3: usize = 61_680;

/// The meters around the shape that are to be covered too; none if that is not valid.
fn radius<'a>(args: &Args<'a>) -> Result<impl Fn(usize) -> Option<f64> + use<'a>> {
    let radius = if args.len() > 2 { Some(args.real(2)?) } else { None };
    Ok(move |row| match &radius {
        Some(radius) => radius.get(row).filter(|meters| meters.is_finite() && *meters >= 0.0),
        None => Some(0.0),
    })
}

/// The tokens of the S2 cells of that level that the shape touches; none if there are too many.
fn tokens(index: &ShapeIndex, level: u8, radius: f64) -> Option<String> {
    let cells = if radius > 0.0 {
        covering(&ShapeIndexBufferedRegion::from_angle(index, angle(radius)), level)?
    } else {
        covering(&ShapeIndexRegion::new(index), level)?
    };
    let mut json = String::new();
    push_array(&mut json, cells.into_iter().map(CellId::to_token));
    Some(json)
}

fn covering(region: &dyn Region, level: u8) -> Option<Vec<CellId>> {
    let touched = |id: &CellId| region.intersects_cell(&Cell::from(*id));
    let mut cells: Vec<_> = Face::ALL.into_iter().map(CellId::from_face).filter(touched).collect();
    for _ in 0..level {
        // A cell that is touched has a child that is: their number never falls.
        if cells.len() > MOST_S2 {
            return None;
        }
        cells = cells.into_iter().flat_map(CellId::children).filter(touched).collect();
    }
    (cells.len() <= MOST_S2).then_some(cells)
}

/// The rings of the polygons of a shape, on a flat map.
struct Area {
    rings: Vec<Vec<Position>>,
    /// Whether an edge goes over the antimeridian: then the map is cut at Greenwich instead.
    wraps: bool,
}

impl Area {
    fn parse(json: &str) -> Option<Area> {
        let shape = Geometry::parse(json)?;
        polygon(&shape)?;
        let mut rings = match shape {
            Geometry::Polygon(rings) => rings,
            Geometry::MultiPolygon(polygons) => polygons.into_iter().flatten().collect(),
            _ => return None,
        };
        let wraps = rings.iter().any(|ring| ring.windows(2).any(|e| (e[0][0] - e[1][0]).abs() > 180.0));
        for position in rings.iter_mut().flatten() {
            position[0] = Area::place(wraps, position[0]);
        }
        Some(Area { rings, wraps })
    }

    fn place(wraps: bool, longitude: f64) -> f64 {
        if wraps && longitude < 0.0 { longitude + 360.0 } else { longitude }
    }

    /// Whether an odd number of borders is between the point and the east.
    fn contains(&self, [x, y]: Position) -> bool {
        let x = Area::place(self.wraps, x);
        let edges = self.rings.iter().flat_map(|ring| ring.windows(2));
        let crossed = edges.filter(|edge| {
            let ([x0, y0], [x1, y1]) = (edge[0], edge[1]);
            (y0 > y) != (y1 > y) && x < (x1 - x0) * (y - y0) / (y1 - y0) + x0
        });
        crossed.count() % 2 == 1
    }

    /// The cells of that resolution with their middle inside; none if there are too many.
    fn cells(&self, resolution: u8) -> Option<BTreeSet<CellIndex>> {
        let resolution = Resolution::try_from(resolution).ok()?;
        let cell = |[x, y]: Position| Some(LatLng::new(y, x).ok()?.to_cell(resolution));
        // Cells near the border, found by steps of a third of a cell's edge.
        let step = resolution.edge_length_m() / 3.0;
        let mut near = BTreeSet::new();
        for edge in self.rings.iter().flat_map(|ring| ring.windows(2)) {
            let [from, to] = [edge[0], edge[1]];
            // A straight line on the map may be longer on Earth than the shortest way: this is never too short.
            let meters = (to[0] - from[0]).hypot(to[1] - from[1]).to_radians() * 6_378_137.0;
            let steps = (meters / step).ceil();
            if steps > (MOST_H3 * 64) as f64 {
                return None;
            }
            for at in 0..=steps as usize {
                let part = if steps > 0.0 { at as f64 / steps } else { 0.0 };
                near.insert(cell([from[0] + (to[0] - from[0]) * part, from[1] + (to[1] - from[1]) * part])?);
            }
        }
        // From there on inwards, neighbor by neighbor.
        let inside = |cell: &CellIndex| {
            let middle = LatLng::from(*cell);
            self.contains([middle.lng(), middle.lat()])
        };
        let mut found: BTreeSet<CellIndex> = BTreeSet::new();
        let mut seen = near.clone();
        let mut open: Vec<CellIndex> = near.into_iter().collect();
        let mut fringe = true;
        while !open.is_empty() {
            let mut next = Vec::new();
            for cell in open {
                let within = inside(&cell);
                if within {
                    found.insert(cell);
                    if found.len() > MOST_H3 {
                        return None;
                    }
                }
                // The first ring around the border counts too, whatever its cells are.
                if within || fringe {
                    next.extend(cell.grid_disk_safe(1).filter(|neighbor| seen.insert(*neighbor)));
                }
            }
            fringe = false;
            open = next;
        }
        Some(found)
    }
}

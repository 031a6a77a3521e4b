//! Lines and polygons on the sphere, from GeoJSON and back.

use super::geojson::{Geometry, Position};
use super::point::{antipodal, on_map, on_sphere};
use crate::functions::adapter::Cache;
use s2rst::s2::boolean_operation::{OpType, Options, PolygonModel, S2BooleanOperation};
use s2rst::s2::builder::closed_set_normalizer::{self, normalize_closed_set};
use s2rst::s2::builder::graph::{DuplicateEdges, Graph, GraphOptions};
use s2rst::s2::builder::layer::Layer;
use s2rst::s2::builder::point_vector_layer::S2PointVectorLayer;
use s2rst::s2::builder::polygon_layer::S2PolygonLayer;
use s2rst::s2::builder::polyline_vector_layer::{self, S2PolylineVectorLayer};
use s2rst::s2::builder::snap::IdentitySnapFunction;
use s2rst::s2::builder::{self, S2Builder, S2Error};
use s2rst::s2::edge_crossings::intersection_merge_radius;
use s2rst::s2::polyline::Polyline;
use s2rst::s2::shape_index::ShapeIndex;
use s2rst::s2::{Loop, Point, Polygon};
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::rc::Rc;

/// A line or a multiline as chains of edges; none if it is not valid. Kept for constants.
pub static LINES: Cache<Option<Vec<Polyline>>> = Cache::new(|json| lines(&Geometry::parse(json)?));

/// A polygon, or the union of the polygons of a multipolygon; none if it is not valid. Kept for constants.
pub static POLYGONS: Cache<Option<Polygon>> = Cache::new(|json| polygon(&Geometry::parse(json)?));

/// The chains of a line or multiline; none if it is something else, or one of them is not valid.
pub fn lines(shape: &Geometry) -> Option<Vec<Polyline>> {
    let chains = match shape {
        Geometry::LineString(line) => std::slice::from_ref(line),
        Geometry::MultiLineString(lines) if !lines.is_empty() => lines,
        _ => return None,
    };
    chains.iter().map(|chain| polyline(chain)).collect()
}

fn polyline(chain: &[Position]) -> Option<Polyline> {
    if chain.len() < 2 {
        return None;
    }
    let line = Polyline::new(points(chain)?);
    line.validate().is_ok().then_some(line)
}

/// The points of these positions; none if one is beyond a pole, or an edge half a circle long. Longitudes go round and
/// round.
fn points(positions: &[Position]) -> Option<Vec<Point>> {
    if positions.windows(2).any(|edge| antipodal(edge[0], edge[1])) {
        return None;
    }
    positions.iter().map(|p| ((-90.0..=90.0).contains(&p[1])).then(|| on_sphere(*p))).collect()
}

/// A polygon, or the union of the polygons of a multipolygon; none if it is something else, or one is not valid.
pub fn polygon(shape: &Geometry) -> Option<Polygon> {
    match shape {
        Geometry::Polygon(rings) => simple_polygon(rings),
        Geometry::MultiPolygon(polygons) if !polygons.is_empty() => Some(Polygon::union_all(
            polygons.iter().map(|rings| simple_polygon(rings)).collect::<Option<_>>()?,
        )),
        _ => None,
    }
}

/// The polygon of a shell and its holes. Which way round a ring goes does not matter: it encloses the smaller part of
/// the sphere.
fn simple_polygon(rings: &[Vec<Position>]) -> Option<Polygon> {
    if rings.is_empty() {
        return None;
    }
    let mut loops = Vec::with_capacity(rings.len());
    for ring in rings {
        let (last, ring) = ring.split_last()?;
        if ring.len() < 3 || ring.first() != Some(last) {
            return None;
        }
        let mut border = Loop::new(points(ring)?);
        border.validate().ok()?;
        border.normalize();
        loops.push(border);
    }
    let polygon = Polygon::from_loops(loops);
    polygon.find_validation_error().is_none().then_some(polygon)
}

/// The edges of all chains, each once, whichever way it goes, as chains again.
pub fn union(lines: &[Polyline]) -> Option<Vec<Polyline>> {
    if let [line] = lines {
        return Some(vec![line.clone()]);
    }
    assemble(lines, builder::Options::default())
}

/// The edges of all chains, each once, put together by a builder with these options.
pub fn assemble(lines: &[Polyline], options: builder::Options) -> Option<Vec<Polyline>> {
    let layer = Rc::new(RefCell::new(chains()));
    let mut builder = S2Builder::new(options);
    builder.start_layer(Box::new(Shared(Rc::clone(&layer))));
    let bits = |p: Point| [p.0.x.to_bits(), p.0.y.to_bits(), p.0.z.to_bits()];
    let mut seen = BTreeSet::new();
    for line in lines {
        for edge in line.vertices_vec().windows(2) {
            let ends = [bits(edge[0]), bits(edge[1])];
            if seen.insert([ends[0].min(ends[1]), ends[0].max(ends[1])]) {
                builder.add_edge(edge[0], edge[1]);
            }
        }
    }
    builder.build().ok()?;
    layer.borrow_mut().take_output()
}

fn chains() -> S2PolylineVectorLayer {
    S2PolylineVectorLayer::with_options(polyline_vector_layer::Options {
        duplicate_edges: DuplicateEdges::Merge,
        ..Default::default()
    })
}

/// An index of some chains, for operations and coverings.
pub fn index_of_lines(lines: &[Polyline]) -> ShapeIndex {
    let mut index = ShapeIndex::new();
    for line in lines {
        index.add(Box::new(line.clone()));
    }
    index.build();
    index
}

/// An index of a polygon.
pub fn index_of_polygon(polygon: &Polygon) -> ShapeIndex {
    let mut index = ShapeIndex::new();
    index.add(Box::new(polygon.clone()));
    index.build();
    index
}

/// What two shapes have in common, borders included: points, lines and polygons.
pub fn intersection(mut a: ShapeIndex, mut b: ShapeIndex) -> Option<Geometry> {
    let points = Rc::new(RefCell::new(S2PointVectorLayer::new()));
    let lines = Rc::new(RefCell::new(chains()));
    let polygons = Rc::new(RefCell::new(S2PolygonLayer::new()));
    let layers: Vec<Box<dyn Layer>> = vec![
        Box::new(Shared(Rc::clone(&points))),
        Box::new(Shared(Rc::clone(&lines))),
        Box::new(Shared(Rc::clone(&polygons))),
    ];
    let layers = normalize_closed_set(layers, closed_set_normalizer::Options::default());
    S2BooleanOperation::multi(OpType::Intersection, layers, closed()).build(&mut a, &mut b).ok()?;
    let mut shapes = Vec::new();
    match points.borrow_mut().take_output().unwrap_or_default().as_slice() {
        [] => {}
        [point] => shapes.push(Geometry::Point(on_map(*point))),
        points => shapes.push(Geometry::MultiPoint(points.iter().map(|p| on_map(*p)).collect())),
    }
    // An edge that goes one way in one line and the other way in the other comes twice.
    let lines = assemble(&lines.borrow_mut().take_output()?, builder::Options::default())?;
    shapes.extend(geometry_of_lines(&lines));
    shapes.extend(polygons.borrow_mut().take_output().and_then(|polygon| geometry_of(&polygon)));
    match <[Geometry; 1]>::try_from(shapes) {
        Ok([shape]) => Some(shape),
        Err(shapes) => Some(Geometry::Collection(shapes)),
    }
}

/// Whether two shapes have a point in common, borders included.
pub fn intersects(mut a: ShapeIndex, mut b: ShapeIndex) -> bool {
    S2BooleanOperation::intersects(&mut a, &mut b, closed())
}

fn closed() -> Options {
    Options {
        snap_function: Box::new(IdentitySnapFunction::new(intersection_merge_radius())),
        polygon_model: PolygonModel::Closed,
        ..Options::default()
    }
}

/// Chains as GeoJSON; none if there are none.
pub fn geometry_of_lines(lines: &[Polyline]) -> Option<Geometry> {
    let mut chains: Vec<_> = lines.iter().map(|line| positions(line.vertices_vec())).collect();
    match chains.len() {
        0 => None,
        1 => chains.pop().map(Geometry::LineString),
        _ => Some(Geometry::MultiLineString(chains)),
    }
}

/// A polygon as GeoJSON; none if it is empty, or all of the Earth.
pub fn geometry_of(polygon: &Polygon) -> Option<Geometry> {
    if polygon.is_full_polygon() {
        return None;
    }
    let mut polygons: Vec<Vec<Vec<Position>>> = Vec::new();
    // Where the shell of each loop is among the polygons; a hole comes after its shell.
    let mut places: Vec<usize> = Vec::with_capacity(polygon.num_loops());
    for (index, border) in polygon.loops().iter().enumerate() {
        let mut ring: Vec<_> =
            (0..border.num_vertices()).map(|i| on_map(border.oriented_vertex(i))).collect();
        ring.push(*ring.first()?);
        match polygon.parent(index).filter(|_| border.is_hole()) {
            Some(shell) => {
                let place = *places.get(shell)?;
                places.push(place);
                polygons.get_mut(place)?.push(ring);
            }
            None => {
                places.push(polygons.len());
                polygons.push(vec![ring]);
            }
        }
    }
    match polygons.len() {
        0 => None,
        1 => polygons.pop().map(Geometry::Polygon),
        _ => Some(Geometry::MultiPolygon(polygons)),
    }
}

fn positions(points: &[Point]) -> Vec<Position> {
    points.iter().map(|point| on_map(*point)).collect()
}

/// A layer that stays at hand when a builder takes it.
#[derive(Debug)]
pub struct Shared<L>(pub Rc<RefCell<L>>);

impl<L: Layer + 'static> Layer for Shared<L> {
    fn graph_options(&self) -> GraphOptions {
        self.0.borrow().graph_options()
    }

    fn build(&mut self, graph: &Graph, error: &mut S2Error) {
        self.0.borrow_mut().build(graph, error);
    }

    fn into_any(self: Box<Self>) -> Box<dyn std::any::Any> {
        self
    }
}

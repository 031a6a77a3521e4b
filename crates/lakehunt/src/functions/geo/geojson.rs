//! Shapes as GeoJSON.

use crate::dynamic::number::push_real;
use serde_json::Value;

/// Longitude and latitude in degrees.
pub type Position = [f64; 2];

/// A shape.
#[derive(Debug, Clone, PartialEq)]
pub enum Geometry {
    /// One point.
    Point(Position),
    /// Some points.
    MultiPoint(Vec<Position>),
    /// A chain of edges.
    LineString(Vec<Position>),
    /// Some chains.
    MultiLineString(Vec<Vec<Position>>),
    /// A shell and its holes: rings, whose last position is their first.
    Polygon(Vec<Vec<Position>>),
    /// Some polygons.
    MultiPolygon(Vec<Vec<Vec<Position>>>),
    /// Several shapes.
    Collection(Vec<Geometry>),
}

impl Geometry {
    /// Reads a line, a polygon, or several, from GeoJSON; none if it is something else.
    pub fn parse(json: &str) -> Option<Geometry> {
        let value: Value = serde_json::from_str(json).ok()?;
        Geometry::from_value(&value)
    }

    /// The same from a value that was read already.
    pub fn from_value(value: &Value) -> Option<Geometry> {
        let coordinates = value.get("coordinates")?;
        Some(match value.get("type")?.as_str()? {
            "LineString" => Geometry::LineString(list(coordinates, position)?),
            "MultiLineString" => Geometry::MultiLineString(list(coordinates, |v| list(v, position))?),
            "Polygon" => Geometry::Polygon(list(coordinates, |v| list(v, position))?),
            "MultiPolygon" => Geometry::MultiPolygon(list(coordinates, |v| list(v, |v| list(v, position)))?),
            _ => return None,
        })
    }

    /// As canonical JSON.
    pub fn to_json(&self) -> String {
        let mut json = String::new();
        self.write(&mut json);
        json
    }

    fn write(&self, json: &mut String) {
        let (name, depth) = match self {
            Geometry::Point(_) => ("Point", "coordinates"),
            Geometry::MultiPoint(_) => ("MultiPoint", "coordinates"),
            Geometry::LineString(_) => ("LineString", "coordinates"),
            Geometry::MultiLineString(_) => ("MultiLineString", "coordinates"),
            Geometry::Polygon(_) => ("Polygon", "coordinates"),
            Geometry::MultiPolygon(_) => ("MultiPolygon", "coordinates"),
            Geometry::Collection(_) => ("GeometryCollection", "geometries"),
        };
        for text in ["{\"type\":\"", name, "\",\"", depth, "\":"] {
            json.push_str(text);
        }
        match self {
            Geometry::Point(point) => write_position(json, point),
            Geometry::MultiPoint(points) | Geometry::LineString(points) => {
                write_list(json, points, write_position);
            }
            Geometry::MultiLineString(lines) | Geometry::Polygon(lines) => {
                write_list(json, lines, |json, line| write_positions(json, line));
            }
            Geometry::MultiPolygon(polygons) => {
                write_list(json, polygons, |json, rings| {
                    write_list(json, rings, |json, ring| write_positions(json, ring))
                });
            }
            Geometry::Collection(shapes) => write_list(json, shapes, |json, shape| shape.write(json)),
        }
        json.push('}');
    }
}

fn list<T>(value: &Value, item: impl Fn(&Value) -> Option<T>) -> Option<Vec<T>> {
    value.as_array()?.iter().map(item).collect()
}

fn position(value: &Value) -> Option<Position> {
    let [longitude, latitude, ..] = value.as_array()?.as_slice() else { return None };
    let position = [longitude.as_f64()?, latitude.as_f64()?];
    position.iter().all(|degrees| degrees.is_finite()).then_some(position)
}

fn write_list<T>(json: &mut String, items: &[T], item: impl Fn(&mut String, &T)) {
    json.push('[');
    for (index, value) in items.iter().enumerate() {
        if index > 0 {
            json.push(',');
        }
        item(json, value);
    }
    json.push(']');
}

fn write_positions(json: &mut String, positions: &[Position]) {
    write_list(json, positions, write_position);
}

fn write_position(json: &mut String, position: &Position) {
    write_list(json, position, |json, degrees| push_real(json, *degrees));
}

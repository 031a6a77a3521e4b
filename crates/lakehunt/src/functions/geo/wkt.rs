//! Well-known text: `POINT (1 2)`.

use super::geojson::{Geometry, Position};
use super::kernel;
use crate::functions::adapter::{ArgType, ReturnType, ScalarKernel};

/// `geo_from_wkt`.
pub static SCALARS: &[ScalarKernel] =
    &[kernel("kql_geo_from_wkt", ReturnType::Dynamic, &[ArgType::Text], |a| {
        let text = a.text(0)?;
        a.collect(|row| parse(text.get(row)).map(|shape| shape.to_json()))
    })];

/// Collections may hold collections, to this depth.
const DEEPEST: u8 = 32;

/// The shape that the text describes; none if it is not well-formed.
fn parse(text: &str) -> Option<Geometry> {
    let mut reader = Reader { rest: text };
    let shape = reader.shape(DEEPEST)?;
    reader.rest.trim_start().is_empty().then_some(shape)
}

struct Reader<'a> {
    rest: &'a str,
}

impl<'a> Reader<'a> {
    fn shape(&mut self, depth: u8) -> Option<Geometry> {
        let name = self.word(|c| c.is_ascii_alphabetic())?.to_ascii_uppercase();
        Some(match name.as_str() {
            "POINT" => {
                self.symbol('(')?;
                let point = self.position()?;
                self.symbol(')')?;
                Geometry::Point(point)
            }
            "LINESTRING" => Geometry::LineString(self.positions()?),
            "POLYGON" => Geometry::Polygon(self.list(Reader::positions)?),
            "MULTIPOINT" => Geometry::MultiPoint(self.list(Reader::point)?),
            "MULTILINESTRING" => Geometry::MultiLineString(self.list(Reader::positions)?),
            "MULTIPOLYGON" => Geometry::MultiPolygon(self.list(|r| r.list(Reader::positions))?),
            "GEOMETRYCOLLECTION" => {
                let depth = depth.checked_sub(1)?;
                Geometry::Collection(self.list(|r| r.shape(depth))?)
            }
            _ => return None,
        })
    }

    fn positions(&mut self) -> Option<Vec<Position>> {
        self.list(Reader::position)
    }

    /// A point of a MULTIPOINT: `1 2` or `(1 2)`.
    fn point(&mut self) -> Option<Position> {
        if self.symbol('(').is_none() {
            return self.position();
        }
        let position = self.position()?;
        self.symbol(')')?;
        Some(position)
    }

    fn list<T>(&mut self, item: impl Fn(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        self.symbol('(')?;
        let mut items = vec![item(self)?];
        while self.symbol(',').is_some() {
            items.push(item(self)?);
        }
        self.symbol(')')?;
        Some(items)
    }

    fn position(&mut self) -> Option<Position> {
        Some([self.number()?, self.number()?])
    }

    fn number(&mut self) -> Option<f64> {
        let text = self.word(|c| c.is_ascii_digit() || matches!(c, '+' | '-' | '.' | 'e' | 'E'))?;
        text.parse().ok().filter(|number: &f64| number.is_finite())
    }

    fn symbol(&mut self, symbol: char) -> Option<()> {
        self.rest = self.rest.trim_start().strip_prefix(symbol)?;
        Some(())
    }

    /// The characters up to the first that is not one of these; none if there are none.
    fn word(&mut self, of: impl Fn(char) -> bool) -> Option<&'a str> {
        let text = self.rest.trim_start();
        let end = text.find(|c| !of(c)).unwrap_or(text.len());
        let (word, rest) = text.split_at(end);
        self.rest = rest;
        (!word.is_empty()).then_some(word)
    }
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn what_is_not_well_formed() {
        for text in
            ["", "POINT", "POINT (1)", "POINT (1 2", "POINT (1 2) x", "LINE (1 2)", "POLYGON (1 2)", "é"]
        {
            assert_eq!(parse(text), None, "{text}");
        }
        assert!(parse(" point( 1e2 -2.5 ) ").is_some());
        assert!(parse(&"GEOMETRYCOLLECTION(".repeat(1000)).is_none());
    }
}

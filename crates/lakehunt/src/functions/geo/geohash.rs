//! Geohashes: rectangles of longitude and latitude, halved in turn, five halvings a character.

use super::geojson::{Geometry, Position};
use super::{kernel, level, position};
use crate::functions::adapter::{ArgType, ReturnType, ScalarKernel};
use crate::functions::string::array::push_array;

/// Functions of geohashes.
pub static SCALARS: &[ScalarKernel] = &[
    ScalarKernel {
        optional: 1,
        ..kernel(
            "kql_geo_point_to_geohash",
            ReturnType::Text,
            &[ArgType::Real, ArgType::Real, ArgType::Long],
            |a| {
                let (position, accuracy) = (position(a, 0)?, level(a, 2, 5, LONGEST)?);
                a.collect(|row| {
                    let (position, accuracy) = (position(row)?, accuracy(row).filter(|a| *a > 0)?);
                    Some(Geohash::of(position, accuracy).text())
                })
            },
        )
    },
    kernel("kql_geo_geohash_to_central_point", ReturnType::Dynamic, &[ArgType::Text], |a| {
        let text = a.text(0)?;
        a.collect(|row| {
            let [west, south, east, north] = Geohash::parse(text.get(row))?.bounds();
            Some(Geometry::Point([(west + east) / 2.0, (south + north) / 2.0]).to_json())
        })
    }),
    kernel("kql_geo_geohash_to_polygon", ReturnType::Dynamic, &[ArgType::Text], |a| {
        let text = a.text(0)?;
        a.collect(|row| {
            let [west, south, east, north] = Geohash::parse(text.get(row))?.bounds();
            let ring = vec![[west, south], [east, south], [east, north], [west, north], [west, south]];
            Some(Geometry::Polygon(vec![ring]).to_json())
        })
    }),
    kernel("kql_geo_geohash_neighbors", ReturnType::Dynamic, &[ArgType::Text], |a| {
        let text = a.text(0)?;
        a.collect_text(|row, out| {
            let Some(hash) = Geohash::parse(text.get(row)) else { return false };
            push_array(out, hash.neighbors().map(Geohash::text));
            true
        })
    }),
];

/// The most characters of a geohash.
const LONGEST: u8 = 18;

const DIGITS: &[u8; 32] = b"0123456789bcdefghjkmnpqrstuvwxyz";

/// In which order Kusto lists the neighbors: steps to the east and to the north.
const AROUND: [(i64, i64); 8] = [(-1, -1), (-1, 1), (1, -1), (0, 1), (-1, 0), (1, 1), (1, 0), (0, -1)];

/// One rectangle: how many characters name it, and its column and row, counted from the south-west.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Geohash {
    length: u8,
    column: u64,
    row: u64,
}

impl Geohash {
    /// How often longitude and latitude are halved: longitude comes first.
    fn halvings(length: u8) -> (u32, u32) {
        let bits = 5 * u32::from(length);
        (bits.div_ceil(2), bits / 2)
    }

    fn of([longitude, latitude]: Position, length: u8) -> Geohash {
        let (columns, rows) = Geohash::halvings(length);
        Geohash { length, column: halve(longitude, 180.0, columns), row: halve(latitude, 90.0, rows) }
    }

    fn parse(text: &str) -> Option<Geohash> {
        let length = u8::try_from(text.len()).ok().filter(|length| (1..=LONGEST).contains(length))?;
        let (mut column, mut row, mut of_longitude) = (0, 0, true);
        for byte in text.bytes() {
            let digit = DIGITS.iter().position(|d| *d == byte)?;
            for bit in (0..5).rev() {
                let half = if of_longitude { &mut column } else { &mut row };
                *half = *half << 1 | (digit as u64 >> bit & 1);
                of_longitude = !of_longitude;
            }
        }
        Some(Geohash { length, column, row })
    }

    fn text(self) -> String {
        let (mut columns, mut rows) = Geohash::halvings(self.length);
        let mut of_longitude = true;
        let mut text = String::with_capacity(usize::from(self.length));
        for _ in 0..self.length {
            let mut digit = 0;
            for _ in 0..5 {
                let (value, left) =
                    if of_longitude { (self.column, &mut columns) } else { (self.row, &mut rows) };
                *left -= 1;
                digit = digit << 1 | (value >> *left & 1) as usize;
                of_longitude = !of_longitude;
            }
            text.push(char::from(DIGITS[digit]));
        }
        text
    }

    /// West, south, east, north.
    fn bounds(self) -> [f64; 4] {
        let (columns, rows) = Geohash::halvings(self.length);
        [
            edge(self.column, 180.0, columns),
            edge(self.row, 90.0, rows),
            edge(self.column + 1, 180.0, columns),
            edge(self.row + 1, 90.0, rows),
        ]
    }

    /// The rectangles around it, across the antimeridian too; beyond the poles there are none.
    fn neighbors(self) -> impl Iterator<Item = Geohash> {
        let (columns, rows) = Geohash::halvings(self.length);
        AROUND.into_iter().filter_map(move |(east, north)| {
            let column = self.column.wrapping_add_signed(east) & ((1 << columns) - 1);
            let row = self.row.checked_add_signed(north).filter(|row| *row < 1 << rows)?;
            Some(Geohash { column, row, ..self })
        })
    }
}

/// In which of 2^`halvings` parts of `-limit..limit` the value is. All edges of parts have an exact f64.
fn halve(value: f64, limit: f64, halvings: u32) -> u64 {
    let (mut low, mut high, mut part) = (-limit, limit, 0);
    for _ in 0..halvings {
        let middle = (low + high) / 2.0;
        let upper = value >= middle;
        *(if upper { &mut low } else { &mut high }) = middle;
        part = part << 1 | u64::from(upper);
    }
    part
}

/// The lower edge of that part.
fn edge(part: u64, limit: f64, halvings: u32) -> f64 {
    part as f64 / (1_u64 << halvings) as f64 * (2.0 * limit) - limit
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_and_back() {
        for text in ["0", "z", "ezs42", "u4pruydqqvj8", "zzzzzzzzzzzzzzzzzz", "s00000000000000000"] {
            assert_eq!(Geohash::parse(text).map(Geohash::text).as_deref(), Some(text));
        }
        for text in ["", "a", "ezs4A", "zzzzzzzzzzzzzzzzzzz", "é"] {
            assert_eq!(Geohash::parse(text), None, "{text}");
        }
    }

    #[test]
    fn known_points() {
        // The two examples of Wikipedia's page on geohashes.
        assert_eq!(Geohash::of([-5.6, 42.6], 5).text(), "ezs42");
        assert_eq!(Geohash::of([10.40744, 57.64911], 11).text(), "u4pruydqqvj");
        assert_eq!(Geohash::of([180.0, 90.0], 3).text(), "zzz");
    }

    #[test]
    fn neighbors_at_the_edges_of_the_map() {
        let of = |text| Geohash::parse(text).map(|g| g.neighbors().map(Geohash::text).collect::<Vec<_>>());
        assert_eq!(of("0").as_deref().map(<[String]>::len), Some(5));
        assert!(of("b").is_some_and(|around| around.contains(&"z".to_owned())));
    }
}

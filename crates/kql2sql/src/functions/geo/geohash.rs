//! Geohashes.

use super::*;

/// Geohashes.
pub static FUNCTIONS: &[Function] = &[
    Function {
        name: "geo_point_to_geohash",
        doc: "The geohash of a point, of so many characters (1 to 18, else 5); empty if the point or their number is not valid.",
        page: "geo-point-to-geohash-function",
        overloads: &[overload(
            &[LONGITUDE, LATITUDE, param("accuracy", ParamKind::Number).optional()],
            Returns::Type(Type::String),
            Lower::Udf("kql_geo_point_to_geohash"),
        )],
        examples: &[example(
            "print geo_point_to_geohash(real(-5.6), 42.6), geo_point_to_geohash(10.40744, 57.64911, 11), geo_point_to_geohash(181, 42.6), geo_point_to_geohash(1, 1, 19)",
            r#"["ezs42", "u4pruydqqvj", "", ""]"#,
        )],
        ..Function::BASE
    },
    Function {
        name: "geo_geohash_to_central_point",
        doc: "The middle of a geohash's rectangle as a GeoJSON point; null if it is none.",
        page: "geo-geohash-to-central-point-function",
        overloads: &[overload(HASH, SHAPE, Lower::Udf("kql_geo_geohash_to_central_point"))],
        examples: &[example(
            r#"print geo_geohash_to_central_point("ezs42"), geo_geohash_to_central_point("ezs4a")"#,
            r#"[{"type": "Point", "coordinates": [-5.60302734375, 42.60498046875]}, null]"#,
        )],
        ..Function::BASE
    },
    Function {
        name: "geo_geohash_to_polygon",
        doc: "A geohash's rectangle as a GeoJSON polygon; null if it is none.",
        page: "geo-geohash-to-polygon-function",
        overloads: &[overload(HASH, SHAPE, Lower::Udf("kql_geo_geohash_to_polygon"))],
        examples: &[example(
            r#"print geo_geohash_to_polygon("z")"#,
            r#"[{"type": "Polygon", "coordinates": [[[135.0, 45.0], [180.0, 45.0], [180.0, 90.0], [135.0, 90.0], [135.0, 45.0]]]}]"#,
        )],
        ..Function::BASE
    },
    Function {
        name: "geo_geohash_neighbors",
        doc: "The geohashes of the same length around one; null if it is none.",
        page: "geo-geohash-neighbors-function",
        overloads: &[overload(HASH, CELLS, Lower::Udf("kql_geo_geohash_neighbors"))],
        examples: &[example(
            r#"print geo_geohash_neighbors("s"), geo_geohash_neighbors("")"#,
            r#"[["7", "g", "m", "u", "e", "v", "t", "k"], null]"#,
        )],
        ..Function::BASE
    },
];

const HASH: &[Param] = &[param("geohash", STRING)];

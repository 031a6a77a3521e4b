//! Points: distances, directions, circles, and shapes from text.

use super::*;

/// Points.
pub static FUNCTIONS: &[Function] = &[
    Function {
        name: "geo_from_wkt",
        doc: "A shape as GeoJSON from well-known text; null if that is not valid.",
        page: "geo-from-wkt-function",
        overloads: &[overload(
            &[param("wkt", ParamKind::StringOrArray)],
            SHAPE,
            Lower::Udf("kql_geo_from_wkt"),
        )],
        examples: &[example(
            r#"print geo_from_wkt("POINT (10.5 -2)"), geo_from_wkt("LINESTRING (0 0, 1.5 2)"), geo_from_wkt("LINESTRING (0 0, 1.5)")"#,
            r#"[{"type": "Point", "coordinates": [10.5, -2.0]}, {"type": "LineString", "coordinates": [[0.0, 0.0], [1.5, 2.0]]}, null]"#,
        )],
        ..Function::BASE
    },
    Function {
        name: "geo_angle",
        doc: "The angle at the second point in radians, clockwise from the line to the first to the line to the third; null if one is not valid, or the same as the second or opposite to it.",
        page: "geo-angle-function",
        overloads: &[overload(
            &[
                P1_LONGITUDE,
                P1_LATITUDE,
                P2_LONGITUDE,
                P2_LATITUDE,
                param("p3_longitude", ParamKind::Number),
                param("p3_latitude", ParamKind::Number),
            ],
            REAL,
            Lower::Udf("kql_geo_angle"),
        )],
        examples: &[example(
            "print geo_angle(0, 10, 0, 0, 10, 0), geo_angle(10, 0, 0, 0, 0, 10), geo_angle(1, 1, 1, 1, 2, 2)",
            "[1.5707963267948966, 4.71238898038469, null]",
        )],
        ..Function::BASE
    },
    Function {
        name: "geo_azimuth",
        doc: "The direction from a point to another in radians, clockwise from north; null if one is not valid, or they are the same or opposite.",
        page: "geo-azimuth-function",
        overloads: &[overload(&TWO_POINTS, REAL, Lower::Udf("kql_geo_azimuth"))],
        examples: &[example(
            "print geo_azimuth(0, 0, 10, 0), geo_azimuth(0, 0, 0, -10), geo_azimuth(1, 1, 1, 1)",
            "[1.5707963267948966, 3.141592653589793, null]",
        )],
        ..Function::BASE
    },
    Function {
        name: "geo_distance_2points",
        doc: "The meters between two points on Earth, taken as a sphere; null if one is not valid.",
        page: "geo-distance-2points-function",
        overloads: &[overload(
            &[P1_LONGITUDE, P1_LATITUDE, P2_LONGITUDE, P2_LATITUDE, SPHEROID],
            REAL,
            Lower::Build(|call| on_sphere("kql_geo_distance_2points", call, 4)),
        )],
        examples: &[example(
            "print geo_distance_2points(0, 0, 90, 0), geo_distance_2points(20, 0, 20, 90, false), geo_distance_2points(0, 91, 0, 0)",
            "[10007559.105973555, 10007559.105973555, null]",
        )],
        ..Function::BASE
    },
    Function {
        name: "geo_point_in_circle",
        doc: "Whether a point is within so many meters of another; null if one is not valid.",
        page: "geo-point-in-circle-function",
        overloads: &[overload(
            &[
                param("p_longitude", ParamKind::Number),
                param("p_latitude", ParamKind::Number),
                param("pc_longitude", ParamKind::Number),
                param("pc_latitude", ParamKind::Number),
                param("c_radius", ParamKind::Number),
            ],
            BOOL,
            Lower::Udf("kql_geo_point_in_circle"),
        )],
        examples: &[example(
            "print geo_point_in_circle(1, 0, 0, 0, 112000), geo_point_in_circle(1, 0, 0, 0, 111000), geo_point_in_circle(1, 0, 0, 0, 0)",
            "[true, false, null]",
        )],
        ..Function::BASE
    },
    Function {
        name: "geo_point_in_polygon",
        doc: "Whether a point is in a polygon or multipolygon; null if one is not valid.",
        page: "geo-point-in-polygon-function",
        overloads: &[overload(&[LONGITUDE, LATITUDE, POLYGON], BOOL, Lower::Udf("kql_geo_point_in_polygon"))],
        examples: &[example(
            r#"print geo_point_in_polygon(45, 45, dynamic({"type":"Polygon","coordinates":[[[0,0],[90,0],[0,90],[0,0]]]})), geo_point_in_polygon(45, real(-1), dynamic({"type":"Polygon","coordinates":[[[0,0],[90,0],[0,90],[0,0]]]})), geo_point_in_polygon(45, 91, dynamic({"type":"Polygon","coordinates":[[[0,0],[90,0],[0,90],[0,0]]]})), geo_point_in_polygon(45, 45, dynamic({"type":"Polygon","coordinates":[[[0,0],[10,10],[0,0]]]}))"#,
            r#"[true, false, null, null]"#,
        )],
        ..Function::BASE
    },
    Function {
        name: "geo_point_buffer",
        doc: "The polygon of all points within so many meters of a point; its border may be off by the tolerance (else 10 meters). Null if one is not valid.",
        page: "geo-point-buffer-function",
        overloads: &[overload(
            &[LONGITUDE, LATITUDE, RADIUS, TOLERANCE],
            SHAPE,
            Lower::Udf("kql_geo_point_buffer"),
        )],
        examples: &[example(
            r#"print round(geo_polygon_area(geo_point_buffer(10, 20, 1000, 1)) / 1000000, 1), geo_point_buffer(10, 20, -1)"#,
            r#"[3.1, null]"#,
        )],
        ..Function::BASE
    },
];

//! Lines.

use super::*;

/// Lines.
pub static FUNCTIONS: &[Function] = &[
    Function {
        name: "geo_line_length",
        doc: "The meters of a line or multiline, edges that coincide counted once; null if it is not valid.",
        page: "geo-line-length-function",
        overloads: &[overload(&[LINE], REAL, Lower::Udf("kql_geo_line_length"))],
        examples: &[example(
            r#"print geo_line_length(dynamic({"type":"LineString","coordinates":[[0,0],[90,0]]})), geo_line_length(dynamic({"type":"MultiLineString","coordinates":[[[0,0],[90,0]],[[90,0],[0,0]]]})), geo_line_length(dynamic({"type":"LineString","coordinates":[[0,0]]}))"#,
            r#"[10007559.105973555, 10007559.105973555, null]"#,
        )],
        ..Function::BASE
    },
    Function {
        name: "geo_line_centroid",
        doc: "The centroid of a line or multiline as a GeoJSON point; null if it is not valid.",
        page: "geo-line-centroid-function",
        overloads: &[overload(&[LINE], SHAPE, Lower::Udf("kql_geo_line_centroid"))],
        examples: &[example(
            r#"print geo_line_centroid(dynamic({"type":"LineString","coordinates":[[0,0],[90,0]]})), geo_line_centroid(dynamic({"type":"LineString","coordinates":[[0,0]]}))"#,
            r#"[{"type": "Point", "coordinates": [45.0, 0.0]}, null]"#,
        )],
        ..Function::BASE
    },
    Function {
        name: "geo_line_locate_point",
        doc: "Which part of a line comes before its point that is nearest to the given one, 0 to 1; null if one is not valid.",
        page: "geo-line-locate-point-function",
        overloads: &[overload(
            &[LINE, LONGITUDE, LATITUDE, SPHEROID],
            REAL,
            Lower::Build(|call| on_sphere("kql_geo_line_locate_point", call, 3)),
        )],
        examples: &[example(
            r#"print geo_line_locate_point(dynamic({"type":"LineString","coordinates":[[0,0],[90,0]]}), 45, 10), geo_line_locate_point(dynamic({"type":"LineString","coordinates":[[0,0],[90,0]]}), 45, 91), geo_line_locate_point(dynamic({"type":"LineString","coordinates":[[0,0]]}), 0, 0)"#,
            r#"[0.5, null, null]"#,
        )],
        ..Function::BASE
    },
    Function {
        name: "geo_line_interpolate_point",
        doc: "The point behind that part (0 to 1) of a line, as GeoJSON; null if one is not valid.",
        page: "geo-line-interpolate-point-function",
        overloads: &[overload(
            &[LINE, param("fraction", ParamKind::Number)],
            SHAPE,
            Lower::Udf("kql_geo_line_interpolate_point"),
        )],
        examples: &[example(
            r#"print geo_line_interpolate_point(dynamic({"type":"LineString","coordinates":[[0,0],[90,0]]}), 0.5), geo_line_interpolate_point(dynamic({"type":"LineString","coordinates":[[0,0],[90,0]]}), 1.1)"#,
            r#"[{"type": "Point", "coordinates": [45.0, 0.0]}, null]"#,
        )],
        ..Function::BASE
    },
    Function {
        name: "geo_distance_point_to_line",
        doc: "The meters from a point to the nearest one of a line or multiline; null if one is not valid.",
        page: "geo-distance-point-to-line-function",
        overloads: &[overload(
            &[LONGITUDE, LATITUDE, LINE],
            REAL,
            Lower::Udf("kql_geo_distance_point_to_line"),
        )],
        examples: &[example(
            r#"print geo_distance_point_to_line(45, 1, dynamic({"type":"LineString","coordinates":[[0,0],[90,0]]})), geo_distance_point_to_line(45, 1, dynamic({"type":"LineString","coordinates":[[0,0]]}))"#,
            r#"[111195.10117748394, null]"#,
        )],
        ..Function::BASE
    },
    Function {
        name: "geo_closest_point_on_line",
        doc: "The point of a line or multiline that is nearest to the given one, as GeoJSON; null if one is not valid.",
        page: "geo-closest-point-on-line-function",
        overloads: &[overload(
            &[LONGITUDE, LATITUDE, LINE],
            SHAPE,
            Lower::Udf("kql_geo_closest_point_on_line"),
        )],
        examples: &[example(
            r#"print geo_closest_point_on_line(5, 5, dynamic({"type":"LineString","coordinates":[[10,10],[20,20]]})), geo_closest_point_on_line(5, 95, dynamic({"type":"LineString","coordinates":[[10,10],[20,20]]}))"#,
            r#"[{"type": "Point", "coordinates": [10.0, 10.0]}, null]"#,
        )],
        ..Function::BASE
    },
    Function {
        name: "geo_line_densify",
        doc: "A line whose edges are straight on the map, with points put in so that edges which are straight on Earth differ by so many meters at most (0.1 to 10000, else 10); null if one is not valid.",
        page: "geo-line-densify-function",
        overloads: &[overload(
            &[LINE, TOLERANCE, CROSSING],
            SHAPE,
            Lower::Build(|call| without_crossing("kql_geo_line_densify", call)),
        )],
        examples: &[example(
            r#"print geo_line_densify(dynamic({"type":"LineString","coordinates":[[10,10],[10,20]]})), geo_line_densify(dynamic({"type":"LineString","coordinates":[[10,10],[10,20]]}), 0)"#,
            r#"[{"type": "LineString", "coordinates": [[10.0, 10.0], [10.0, 20.0]]}, null]"#,
        )],
        ..Function::BASE
    },
    Function {
        name: "geo_line_simplify",
        doc: "A line with fewer points, where those nearer to each other than so many meters (else 10) become one; null if one is not valid.",
        page: "geo-line-simplify-function",
        overloads: &[overload(&[LINE, TOLERANCE], SHAPE, Lower::Udf("kql_geo_line_simplify"))],
        examples: &[example(
            r#"print geo_line_simplify(dynamic({"type":"LineString","coordinates":[[10,10],[10,20],[10,30]]}), 100), geo_line_simplify(dynamic({"type":"LineString","coordinates":[[10,10],[10,20]]}), -1)"#,
            r#"[{"type": "LineString", "coordinates": [[10.0, 10.0], [10.0, 30.0]]}, null]"#,
        )],
        ..Function::BASE
    },
    Function {
        name: "geo_line_buffer",
        doc: "The polygon of all points within so many meters of a line or multiline; its border may be off by the tolerance (else 10 meters). Null if one is not valid.",
        page: "geo-line-buffer-function",
        overloads: &[overload(&[LINE, RADIUS, TOLERANCE], SHAPE, Lower::Udf("kql_geo_line_buffer"))],
        examples: &[example(
            r#"print geo_line_buffer(dynamic({"type":"LineString","coordinates":[[0,0],[90,0]]}), 1000).type, geo_line_buffer(dynamic({"type":"LineString","coordinates":[[0,0],[90,0]]}), 0)"#,
            r#"["Polygon", null]"#,
        )],
        ..Function::BASE
    },
    Function {
        name: "geo_intersects_2lines",
        doc: "Whether two lines or multilines have a point in common; null if one is not valid.",
        page: "geo-intersects-2lines-function",
        overloads: &[overload(&[LINE_1, LINE_2], BOOL, Lower::Udf("kql_geo_intersects_2lines"))],
        examples: &[example(
            r#"print geo_intersects_2lines(dynamic({"type":"LineString","coordinates":[[0,0],[90,0]]}), dynamic({"type":"LineString","coordinates":[[10,-10],[10,10]]})), geo_intersects_2lines(dynamic({"type":"LineString","coordinates":[[0,0],[90,0]]}), dynamic({"type":"LineString","coordinates":[[10,1],[10,10]]})), geo_intersects_2lines(dynamic({"type":"LineString","coordinates":[[0,0],[90,0]]}), dynamic({"type":"LineString","coordinates":[[0,0]]}))"#,
            r#"[true, false, null]"#,
        )],
        ..Function::BASE
    },
    Function {
        name: "geo_intersection_2lines",
        doc: "What two lines or multilines have in common, as GeoJSON; null if one is not valid.",
        page: "geo-intersection-2lines-function",
        overloads: &[overload(&[LINE_1, LINE_2], SHAPE, Lower::Udf("kql_geo_intersection_2lines"))],
        examples: &[
            example(
                r#"print geo_intersection_2lines(dynamic({"type":"LineString","coordinates":[[10,10],[10,30]]}), dynamic({"type":"LineString","coordinates":[[0,20],[20,20]]})), geo_intersection_2lines(dynamic({"type":"LineString","coordinates":[[0,0],[90,0]]}), dynamic({"type":"LineString","coordinates":[[10,1],[10,10]]}))"#,
                r#"[{"type": "Point", "coordinates": [10.0, 20.283559454529712]}, {"type": "GeometryCollection", "geometries": []}]"#,
            ),
            example(
                r#"print geo_intersection_2lines(dynamic({"type":"LineString","coordinates":[[10,10],[10,20]]}), dynamic({"type":"LineString","coordinates":[[10,20],[10,10]]}))"#,
                r#"[{"type": "LineString", "coordinates": [[10.0, 10.0], [10.0, 20.0]]}]"#,
            ),
        ],
        ..Function::BASE
    },
    Function {
        name: "geo_union_lines_array",
        doc: "The edges of all lines in an array, as one GeoJSON line or multiline; null if one is not valid.",
        page: "geo-union-lines-array-function",
        overloads: &[overload(
            &[param("lineStrings", ParamKind::DynamicArray)],
            SHAPE,
            Lower::Udf("kql_geo_union_lines_array"),
        )],
        examples: &[example(
            r#"print geo_union_lines_array(dynamic([{"type":"LineString","coordinates":[[10,10],[10,20]]},{"type":"LineString","coordinates":[[10,20],[10,30]]}])), geo_union_lines_array(dynamic([{"type":"LineString","coordinates":[[10,10]]}]))"#,
            r#"[{"type": "LineString", "coordinates": [[10.0, 10.0], [10.0, 20.0], [10.0, 30.0]]}, null]"#,
        )],
        ..Function::BASE
    },
];

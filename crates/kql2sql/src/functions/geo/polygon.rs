//! Polygons.

use super::*;

/// Polygons.
pub static FUNCTIONS: &[Function] = &[
    Function {
        name: "geo_polygon_area",
        doc: "The square meters of a polygon, or of the union of a multipolygon; null if it is not valid.",
        page: "geo-polygon-area-function",
        overloads: &[overload(&[POLYGON], REAL, Lower::Udf("kql_geo_polygon_area"))],
        examples: &[example(
            r#"print geo_polygon_area(dynamic({"type":"Polygon","coordinates":[[[0,0],[90,0],[0,90],[0,0]]]})), geo_polygon_area(dynamic({"type":"LineString","coordinates":[[0,0],[90,0]]}))"#,
            r#"[63758259139748.58, null]"#,
        )],
        ..Function::BASE
    },
    Function {
        name: "geo_polygon_perimeter",
        doc: "The meters of the border of a polygon, or of the union of a multipolygon; null if it is not valid.",
        page: "geo-polygon-perimeter-function",
        overloads: &[overload(&[POLYGON], REAL, Lower::Udf("kql_geo_polygon_perimeter"))],
        examples: &[example(
            r#"print geo_polygon_perimeter(dynamic({"type":"Polygon","coordinates":[[[0,0],[90,0],[0,90],[0,0]]]})), geo_polygon_perimeter(dynamic({"type":"LineString","coordinates":[[0,0],[90,0]]}))"#,
            r#"[30022677.317920662, null]"#,
        )],
        ..Function::BASE
    },
    Function {
        name: "geo_polygon_centroid",
        doc: "The centroid of a polygon, or of the union of a multipolygon, as a GeoJSON point; null if it is not valid.",
        page: "geo-polygon-centroid-function",
        overloads: &[overload(&[POLYGON], SHAPE, Lower::Udf("kql_geo_polygon_centroid"))],
        examples: &[example(
            r#"print geo_polygon_centroid(dynamic({"type":"Polygon","coordinates":[[[0,0],[90,0],[0,90],[0,0]]]})), geo_polygon_centroid(dynamic({"type":"LineString","coordinates":[[0,0],[90,0]]}))"#,
            r#"[{"type": "Point", "coordinates": [45.0, 35.264389682754654]}, null]"#,
        )],
        ..Function::BASE
    },
    Function {
        name: "geo_distance_point_to_polygon",
        doc: "The meters from a point to a polygon or multipolygon, 0 inside; null if one is not valid.",
        page: "geo-distance-point-to-polygon-function",
        overloads: &[overload(
            &[LONGITUDE, LATITUDE, POLYGON],
            REAL,
            Lower::Udf("kql_geo_distance_point_to_polygon"),
        )],
        examples: &[example(
            r#"print geo_distance_point_to_polygon(real(-1), 0, dynamic({"type":"Polygon","coordinates":[[[0,0],[90,0],[0,90],[0,0]]]})), geo_distance_point_to_polygon(45, 45, dynamic({"type":"Polygon","coordinates":[[[0,0],[90,0],[0,90],[0,0]]]})), geo_distance_point_to_polygon(0, 0, dynamic({"type":"LineString","coordinates":[[0,0],[90,0]]}))"#,
            r#"[111195.10117748394, 0.0, null]"#,
        )],
        ..Function::BASE
    },
    Function {
        name: "geo_closest_point_on_polygon",
        doc: "The point of a polygon or multipolygon that is nearest to the given one (inside, itself), as GeoJSON; null if one is not valid.",
        page: "geo-closest-point-on-polygon-function",
        overloads: &[overload(
            &[LONGITUDE, LATITUDE, POLYGON],
            SHAPE,
            Lower::Udf("kql_geo_closest_point_on_polygon"),
        )],
        examples: &[example(
            r#"print geo_closest_point_on_polygon(real(-1), 0, dynamic({"type":"Polygon","coordinates":[[[0,0],[90,0],[0,90],[0,0]]]})), geo_closest_point_on_polygon(0, 0, dynamic({"type":"LineString","coordinates":[[0,0],[90,0]]}))"#,
            r#"[{"type": "Point", "coordinates": [0.0, 0.0]}, null]"#,
        )],
        ..Function::BASE
    },
    Function {
        name: "geo_polygon_densify",
        doc: "A polygon whose edges are straight on the map, with points put in so that edges which are straight on Earth differ by so many meters at most (0.1 to 10000, else 10); null if one is not valid.",
        page: "geo-polygon-densify-function",
        overloads: &[overload(
            &[POLYGON, TOLERANCE, CROSSING],
            SHAPE,
            Lower::Build(|call| without_crossing("kql_geo_polygon_densify", call)),
        )],
        examples: &[example(
            r#"print geo_polygon_densify(dynamic({"type":"Polygon","coordinates":[[[10,10],[10.01,10],[10,10.01],[10,10]]]})), geo_polygon_densify(dynamic({"type":"Polygon","coordinates":[[[10,10],[10.01,10],[10,10.01],[10,10]]]}), 20000)"#,
            r#"[{"type": "Polygon", "coordinates": [[[10.0, 10.0], [10.01, 10.0], [10.0, 10.01], [10.0, 10.0]]]}, null]"#,
        )],
        ..Function::BASE
    },
    Function {
        name: "geo_polygon_simplify",
        doc: "A polygon with fewer points, where those nearer to each other than so many meters (else 10) become one; null if one is not valid, or nothing is left.",
        page: "geo-polygon-simplify-function",
        overloads: &[overload(&[POLYGON, TOLERANCE], SHAPE, Lower::Udf("kql_geo_polygon_simplify"))],
        examples: &[example(
            r#"print array_length(geo_polygon_simplify(dynamic({"type":"Polygon","coordinates":[[[10,10],[20,10],[10,20],[10,15],[10,10]]]}), 100).coordinates[0]), geo_polygon_simplify(dynamic({"type":"Polygon","coordinates":[[[10,10],[20,10],[10,20],[10,10]]]}), -1)"#,
            r#"[4, null]"#,
        )],
        ..Function::BASE
    },
    Function {
        name: "geo_polygon_buffer",
        doc: "The polygon of all points within so many meters of a polygon or multipolygon; its border may be off by the tolerance (else 10 meters). Null if one is not valid.",
        page: "geo-polygon-buffer-function",
        overloads: &[overload(&[POLYGON, RADIUS, TOLERANCE], SHAPE, Lower::Udf("kql_geo_polygon_buffer"))],
        examples: &[example(
            r#"print geo_polygon_buffer(dynamic({"type":"Polygon","coordinates":[[[10,10],[20,10],[10,20],[10,10]]]}), 1000).type, geo_polygon_buffer(dynamic({"type":"Polygon","coordinates":[[[10,10],[20,10],[10,20],[10,10]]]}), 0)"#,
            r#"["Polygon", null]"#,
        )],
        ..Function::BASE
    },
    Function {
        name: "geo_intersects_2polygons",
        doc: "Whether two polygons or multipolygons have a point in common; null if one is not valid.",
        page: "geo-intersects-2polygons-function",
        overloads: &[overload(&[POLYGON_1, POLYGON_2], BOOL, Lower::Udf("kql_geo_intersects_2polygons"))],
        examples: &[example(
            r#"print geo_intersects_2polygons(dynamic({"type":"Polygon","coordinates":[[[10,10],[20,10],[10,20],[10,10]]]}), dynamic({"type":"Polygon","coordinates":[[[0,0],[90,0],[0,90],[0,0]]]})), geo_intersects_2polygons(dynamic({"type":"Polygon","coordinates":[[[10,10],[20,10],[10,20],[10,10]]]}), dynamic({"type":"Polygon","coordinates":[[[30,10],[40,10],[30,20],[30,10]]]})), geo_intersects_2polygons(dynamic({"type":"Polygon","coordinates":[[[10,10],[20,10],[10,20],[10,10]]]}), dynamic({"type":"LineString","coordinates":[[0,0],[90,0]]}))"#,
            r#"[true, false, null]"#,
        )],
        ..Function::BASE
    },
    Function {
        name: "geo_intersection_2polygons",
        doc: "What two polygons or multipolygons have in common, as GeoJSON; null if one is not valid.",
        page: "geo-intersection-2polygons-function",
        overloads: &[overload(&[POLYGON_1, POLYGON_2], SHAPE, Lower::Udf("kql_geo_intersection_2polygons"))],
        examples: &[example(
            r#"print geo_intersection_2polygons(dynamic({"type":"Polygon","coordinates":[[[10,10],[20,10],[10,20],[10,10]]]}), dynamic({"type":"Polygon","coordinates":[[[20,10],[30,0],[30,10],[20,10]]]})), geo_intersection_2polygons(dynamic({"type":"Polygon","coordinates":[[[10,10],[20,10],[10,20],[10,10]]]}), dynamic({"type":"Polygon","coordinates":[[[30,10],[40,10],[30,20],[30,10]]]}))"#,
            r#"[{"type": "Point", "coordinates": [20.0, 10.0]}, {"type": "GeometryCollection", "geometries": []}]"#,
        )],
        ..Function::BASE
    },
    Function {
        name: "geo_intersects_line_with_polygon",
        doc: "Whether a line and a polygon have a point in common; null if one is not valid.",
        page: "geo-intersects-line-with-polygon-function",
        overloads: &[overload(&[LINE, POLYGON], BOOL, Lower::Udf("kql_geo_intersects_line_with_polygon"))],
        examples: &[example(
            r#"print geo_intersects_line_with_polygon(dynamic({"type":"LineString","coordinates":[[15,0],[15,30]]}), dynamic({"type":"Polygon","coordinates":[[[10,10],[20,10],[10,20],[10,10]]]})), geo_intersects_line_with_polygon(dynamic({"type":"LineString","coordinates":[[25,0],[25,30]]}), dynamic({"type":"Polygon","coordinates":[[[10,10],[20,10],[10,20],[10,10]]]})), geo_intersects_line_with_polygon(dynamic({"type":"Polygon","coordinates":[[[10,10],[20,10],[10,20],[10,10]]]}), dynamic({"type":"Polygon","coordinates":[[[10,10],[20,10],[10,20],[10,10]]]}))"#,
            r#"[true, false, null]"#,
        )],
        ..Function::BASE
    },
    Function {
        name: "geo_intersection_line_with_polygon",
        doc: "What a line and a polygon have in common, as GeoJSON; null if one is not valid.",
        page: "geo-intersection-line-with-polygon-function",
        overloads: &[overload(&[LINE, POLYGON], SHAPE, Lower::Udf("kql_geo_intersection_line_with_polygon"))],
        examples: &[example(
            r#"print s = geo_intersection_line_with_polygon(dynamic({"type":"LineString","coordinates":[[10,-10],[10,10]]}), dynamic({"type":"Polygon","coordinates":[[[0,0],[90,0],[0,90],[0,0]]]})) | project s.type, s.coordinates[1]"#,
            r#"["LineString", [10.0, 10.0]]"#,
        )],
        ..Function::BASE
    },
    Function {
        name: "geo_union_polygons_array",
        doc: "The union of all polygons in an array, as a GeoJSON polygon or multipolygon; null if one is not valid.",
        page: "geo-union-polygons-array-function",
        overloads: &[overload(&[POLYGONS], SHAPE, Lower::Udf("kql_geo_union_polygons_array"))],
        examples: &[example(
            r#"print geo_polygon_area(geo_union_polygons_array(pack_array(dynamic({"type":"Polygon","coordinates":[[[0,0],[90,0],[0,90],[0,0]]]}), dynamic({"type":"Polygon","coordinates":[[[0,0],[0,90],[-90,0],[0,0]]]})))), geo_union_polygons_array(pack_array(dynamic({"type":"LineString","coordinates":[[0,0],[90,0]]})))"#,
            r#"[127516518279497.16, null]"#,
        )],
        ..Function::BASE
    },
    Function {
        name: "geo_simplify_polygons_array",
        doc: "",
        page: "geo-simplify-polygons-array-function",
        overloads: &[overload(
            &[POLYGONS, TOLERANCE],
            SHAPE,
            Lower::Unsupported(
                "no known answer of Kusto shows how it keeps common borders; simplify each polygon with geo_polygon_simplify",
            ),
        )],
        ..Function::BASE
    },
];

//! S2 cells.

use super::*;

/// S2 cells.
pub static FUNCTIONS: &[Function] = &[
    Function {
        name: "geo_point_to_s2cell",
        doc: "The token of the S2 cell of a point, at the level (0 to 30, else 11); empty if one is not valid.",
        page: "geo-point-to-s2cell-function",
        overloads: &[overload(
            &[LONGITUDE, LATITUDE, LEVEL],
            Returns::Type(Type::String),
            Lower::Udf("kql_geo_point_to_s2cell"),
        )],
        examples: &[example(
            "print geo_point_to_s2cell(10, 10, 0), geo_point_to_s2cell(10, 10, 1), geo_point_to_s2cell(0, 91, 1), geo_point_to_s2cell(10, 10, 31)",
            r#"["1", "14", "", ""]"#,
        )],
        ..Function::BASE
    },
    Function {
        name: "geo_s2cell_to_central_point",
        doc: "The middle of an S2 cell as a GeoJSON point; null if it is none.",
        page: "geo-s2cell-to-central-point-function",
        overloads: &[overload(CELL, SHAPE, Lower::Udf("kql_geo_s2cell_to_central_point"))],
        examples: &[example(
            r#"print geo_s2cell_to_central_point("14"), geo_s2cell_to_central_point("c")"#,
            r#"[{"type": "Point", "coordinates": [22.61986494804043, 21.037511025421818]}, null]"#,
        )],
        ..Function::BASE
    },
    Function {
        name: "geo_s2cell_to_polygon",
        doc: "The border of an S2 cell as a GeoJSON polygon; null if it is none.",
        page: "geo-s2cell-to-polygon-function",
        overloads: &[overload(CELL, SHAPE, Lower::Udf("kql_geo_s2cell_to_polygon"))],
        examples: &[example(
            r#"print geo_s2cell_to_polygon("1"), geo_s2cell_to_polygon("")"#,
            r#"[{"type": "Polygon", "coordinates": [[[-45.0, -35.264389682754654], [45.0, -35.264389682754654], [45.0, 35.264389682754654], [-45.0, 35.264389682754654], [-45.0, -35.264389682754654]]]}, null]"#,
        )],
        ..Function::BASE
    },
    Function {
        name: "geo_s2cell_neighbors",
        doc: "The S2 cells of the same level around one; null if it is none.",
        page: "geo-s2cell-neighbors-function",
        overloads: &[overload(CELL, CELLS, Lower::Udf("kql_geo_s2cell_neighbors"))],
        examples: &[example(
            r#"print geo_s2cell_neighbors("05"), geo_s2cell_neighbors("e")"#,
            r#"[["01", "1d", "03", "0f", "07", "1b", "09", "11"], null]"#,
        )],
        ..Function::BASE
    },
    Function {
        name: "geo_line_to_s2cells",
        doc: "The tokens of the S2 cells of the level (0 to 30, else 11) that a line, or all within so many meters of it, touches; null if one is not valid or there are more than 65,536.",
        page: "geo-line-to-s2cells-function",
        overloads: &[overload(
            &[LINE, LEVEL, RADIUS.optional()],
            CELLS,
            Lower::Udf("kql_geo_line_to_s2cells"),
        )],
        examples: &[example(
            r#"print geo_line_to_s2cells(dynamic({"type":"LineString","coordinates":[[22,21],[23,22]]}), 1), geo_line_to_s2cells(dynamic({"type":"LineString","coordinates":[[22,21],[23,22]]}), 31)"#,
            r#"[["14"], null]"#,
        )],
        ..Function::BASE
    },
    Function {
        name: "geo_polygon_to_s2cells",
        doc: "The tokens of the S2 cells of the level (0 to 30, else 11) that a polygon, or all within so many meters of it, touches; null if one is not valid or there are more than 65,536.",
        page: "geo-polygon-to-s2cells-function",
        overloads: &[overload(
            &[POLYGON, LEVEL, RADIUS.optional()],
            CELLS,
            Lower::Udf("kql_geo_polygon_to_s2cells"),
        )],
        examples: &[example(
            r#"print geo_polygon_to_s2cells(dynamic({"type":"Polygon","coordinates":[[[22,21],[23,21],[22,22],[22,21]]]}), 1, 10), geo_polygon_to_s2cells(dynamic({"type":"Polygon","coordinates":[[[22,21],[23,21],[22,22],[22,21]]]}), 30)"#,
            r#"[["14"], null]"#,
        )],
        ..Function::BASE
    },
];

const CELL: &[Param] = &[param("s2cell", STRING)];

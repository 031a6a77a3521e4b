//! H3 cells.

use super::*;

/// H3 cells.
pub static FUNCTIONS: &[Function] = &[
    Function {
        name: "geo_point_to_h3cell",
        doc: "The token of the H3 cell of a point, at the resolution (0 to 15, else 6); empty if one is not valid.",
        page: "geo-point-to-h3cell-function",
        overloads: &[overload(
            &[LONGITUDE, LATITUDE, RESOLUTION],
            Returns::Type(Type::String),
            Lower::Udf("kql_geo_point_to_h3cell"),
        )],
        examples: &[example(
            "print geo_point_to_h3cell(real(-122.0553238), 37.3615593, 5), geo_point_to_h3cell(0, 91, 5), geo_point_to_h3cell(0, 0, 16)",
            r#"["85283473fffffff", "", ""]"#,
        )],
        ..Function::BASE
    },
    Function {
        name: "geo_h3cell_to_central_point",
        doc: "The middle of an H3 cell as a GeoJSON point; null if it is none.",
        page: "geo-h3cell-to-central-point-function",
        overloads: &[overload(CELL, SHAPE, Lower::Udf("kql_geo_h3cell_to_central_point"))],
        examples: &[example(
            r#"print geo_h3cell_to_central_point("85283473fffffff"), geo_h3cell_to_central_point("85283473")"#,
            r#"[{"type": "Point", "coordinates": [-121.97637597255124, 37.34579337536848]}, null]"#,
        )],
        ..Function::BASE
    },
    Function {
        name: "geo_h3cell_to_polygon",
        doc: "The border of an H3 cell as a GeoJSON polygon; null if it is none.",
        page: "geo-h3cell-to-polygon-function",
        overloads: &[overload(CELL, SHAPE, Lower::Udf("kql_geo_h3cell_to_polygon"))],
        examples: &[example(
            r#"print geo_h3cell_to_polygon("85283473fffffff")"#,
            r#"[{"type": "Polygon", "coordinates": [[[-121.91508032705622, 37.271355866731895], [-121.86222328902491, 37.353926450852256], [-121.9235499963016, 37.42834118609435], [-122.0377349642703, 37.42012867767778], [-122.09042892904395, 37.33755608435298], [-122.02910130919, 37.26319797461824], [-121.91508032705622, 37.271355866731895]]]}]"#,
        )],
        ..Function::BASE
    },
    Function {
        name: "geo_h3cell_neighbors",
        doc: "The H3 cells of the same resolution around one; null if it is none.",
        page: "geo-h3cell-neighbors-function",
        overloads: &[overload(CELL, CELLS, Lower::Udf("kql_geo_h3cell_neighbors"))],
        examples: &[example(
            r#"print geo_h3cell_neighbors("85283473fffffff"), geo_h3cell_neighbors("xyz")"#,
            r#"[["85283447fffffff", "8528347bfffffff", "85283463fffffff", "85283477fffffff", "8528340ffffffff", "8528340bfffffff"], null]"#,
        )],
        ..Function::BASE
    },
    Function {
        name: "geo_h3cell_children",
        doc: "The H3 cells that a cell is made of, at the resolution (else the next finer, five finer at most); null if one is not valid.",
        page: "geo-h3cell-children-function",
        overloads: &[overload(
            &[param("h3cell", STRING), RESOLUTION],
            CELLS,
            Lower::Udf("kql_geo_h3cell_children"),
        )],
        examples: &[example(
            r#"print geo_h3cell_children("85283473fffffff")[0], array_length(geo_h3cell_children("85283473fffffff", 7)), geo_h3cell_children("85283473fffffff", 4), geo_h3cell_children("85283473fffffff", 11)"#,
            r#"["862834707ffffff", 49, null, null]"#,
        )],
        ..Function::BASE
    },
    Function {
        name: "geo_h3cell_parent",
        doc: "The H3 cell that a cell is a part of, at the resolution (else the next coarser); empty if one is not valid.",
        page: "geo-h3cell-parent-function",
        overloads: &[overload(
            &[param("h3cell", STRING), RESOLUTION],
            Returns::Type(Type::String),
            Lower::Udf("kql_geo_h3cell_parent"),
        )],
        examples: &[example(
            r#"print geo_h3cell_parent("85283473fffffff"), geo_h3cell_parent("85283473fffffff", 5), geo_h3cell_parent("85283473fffffff", 6)"#,
            r#"["8428347ffffffff", "85283473fffffff", ""]"#,
        )],
        ..Function::BASE
    },
    Function {
        name: "geo_h3cell_rings",
        doc: "The H3 cells at each distance from a cell up to the given one (0 to 142), first itself; null if one is not valid.",
        page: "geo-h3cell-rings-function",
        overloads: &[overload(
            &[param("h3cell", STRING), param("distance", ParamKind::Number)],
            Returns::Dynamic(Shape::Array(Element::Array)),
            Lower::Udf("kql_geo_h3cell_rings"),
        )],
        examples: &[example(
            r#"print geo_h3cell_rings("85283473fffffff", 1), geo_h3cell_rings("85283473fffffff", -1)"#,
            r#"[[["85283473fffffff"], ["85283447fffffff", "8528347bfffffff", "85283463fffffff", "85283477fffffff", "8528340ffffffff", "8528340bfffffff"]], null]"#,
        )],
        ..Function::BASE
    },
    Function {
        name: "geo_h3cell_level",
        doc: "The resolution of an H3 cell; null if it is none.",
        page: "geo-h3cell-level-function",
        overloads: &[overload(CELL, Returns::Type(Type::Int), Lower::Udf("kql_geo_h3cell_level"))],
        examples: &[example(
            r#"print geo_h3cell_level("85283473fffffff"), geo_h3cell_level("")"#,
            "[5, null]",
        )],
        ..Function::BASE
    },
    Function {
        name: "geo_polygon_to_h3cells",
        doc: "The tokens of the H3 cells of the resolution (0 to 15, else 6) whose middle is in a polygon; null if one is not valid or there are more than 61,680.",
        page: "geo-polygon-to-h3cells-function",
        overloads: &[overload(
            &[POLYGON, RESOLUTION, RADIUS.optional()],
            CELLS,
            Lower::Build(without_radius),
        )],
        examples: &[example(
            r#"print geo_polygon_to_h3cells(dynamic({"type":"Polygon","coordinates":[[[-122.0,37.33],[-121.95,37.33],[-121.95,37.36],[-122.0,37.36],[-122.0,37.33]]]}), 5), geo_polygon_to_h3cells(dynamic({"type":"Polygon","coordinates":[[[0,0],[1,1]]]}))"#,
            r#"[["85283473fffffff"], null]"#,
        )],
        ..Function::BASE
    },
];

const CELL: &[Param] = &[param("h3cell", STRING)];

/// A radius would widen the polygon, by a tolerance that is not known.
fn without_radius(call: Call) -> Result<sqlparser::ast::Expr, Refusal> {
    let why =
        "by how much Kusto's wider polygon may be off is not known; widen it with geo_polygon_buffer first";
    without("kql_geo_polygon_to_h3cells", call, 2, why)
}

//! Plugins that look values up in a table: networks that have an address, areas that have a point.

use super::compose::private;
use super::{Bind, Call, MANY, Plugin, column};
use crate::bind::names::make_unique;
use crate::bind::table::unknown_table;
use crate::functions::{
    ArgForm, Function, Lower, Overload, Param, ParamKind, Returns, example, overload, param,
};
use crate::plan::{
    ColumnName, Expand, ExpandOutput, Expr, ExprKind, Join, JoinKind, Node, Order, PlanColumn, Rel, Side,
};
use crate::syntax::ast::Literal;
use crate::types::Type;

/// Plugins that look values up in a table.
pub(super) static PLUGINS: &[Plugin] = &[
    Plugin {
        name: "ipv4_lookup",
        doc: "Joins each row with the rows of a table whose network has the row's IPv4 address.",
        page: "ipv4-lookup-plugin",
        signatures: &[&[
            LOOKUP_TABLE,
            column("SourceIPv4Key", ParamKind::Scalar),
            param("IPv4LookupKey", ParamKind::Scalar).form(ArgForm::Parameter0Column),
            param("ExtraKey", ParamKind::Scalar).form(ArgForm::Parameter0CommonColumn).times(0, MANY),
            RETURN_UNMATCHED,
        ]],
        bind: Bind::Rows(|call| lookup(call, &V4_NETWORKS)),
        examples: &[
            example(
                r#"let Sites = datatable(Net:string, Site:string)["10.1.0.0/16", "Oslo", "10.2.0.0/16", "Rome"];
print Ip = "10.2.7.7" | evaluate ipv4_lookup(Sites, Ip, Net)"#,
                r#"["10.2.7.7", "10.2.0.0/16", "Rome"]"#,
            ),
            example(
                r#"let Sites = datatable(Net:string, Site:string)["10.1.0.0/16", "Oslo"];
print Ip = "10.2.7.7" | evaluate ipv4_lookup(Sites, Ip, Net, return_unmatched = true)"#,
                r#"["10.2.7.7", "", ""]"#,
            ),
        ],
    },
    Plugin {
        name: "ipv6_lookup",
        doc: "Joins each row with the rows of a table whose network has the row's IPv6 or IPv4 address.",
        page: "ipv6-lookup-plugin",
        signatures: &[&[
            LOOKUP_TABLE,
            column("SourceIPv6Key", ParamKind::Scalar),
            param("IPv6LookupKey", ParamKind::Scalar).form(ArgForm::Parameter0Column),
            RETURN_UNMATCHED,
        ]],
        bind: Bind::Rows(|call| lookup(call, &V6_NETWORKS)),
        examples: &[example(
            r#"let Sites = datatable(Net:string, Site:string)["2001:db8::/32", "Oslo", "fe80::/10", "Rome"];
print Ip = "2001:db8::17" | evaluate ipv6_lookup(Sites, Ip, Net)"#,
            r#"["2001:db8::17", "2001:db8::/32", "Oslo"]"#,
        )],
    },
    Plugin {
        name: "geo_polygon_lookup",
        doc: "Joins each row with the rows of a table whose polygon has the row's point.",
        page: "geo-polygon-lookup-plugin",
        signatures: &[&[
            LOOKUP_TABLE,
            param("LookupPolygonKey", ParamKind::DynamicBag).form(ArgForm::Parameter0Column),
            column("SourceLongitude", ParamKind::Scalar),
            column("SourceLatitude", ParamKind::Scalar),
            param("radius", REAL).form(ArgForm::Literal).optional(),
            RETURN_UNMATCHED,
            param("lookup_area_radius", REAL).form(ArgForm::Literal).optional(),
            param("return_lookup_key", ParamKind::Types(&[Type::Bool])).form(ArgForm::Literal).optional(),
        ]],
        bind: Bind::Rows(|call| lookup(call, &POLYGONS)),
        examples: &[
            example(
                r#"let Areas = datatable(Area:dynamic, Name:string)[dynamic({"type":"Polygon","coordinates":[[[0,0],[10,0],[10,10],[0,10],[0,0]]]}), "south", dynamic({"type":"Polygon","coordinates":[[[0,20],[10,20],[10,30],[0,30],[0,20]]]}), "north"];
print Lon = 5.0, Lat = 25.0 | evaluate geo_polygon_lookup(Areas, Area, Lon, Lat)"#,
                r#"[5.0, 25.0, "north"]"#,
            ),
            example(
                r#"let Areas = datatable(Area:dynamic, Name:string)[dynamic({"type":"Polygon","coordinates":[[[0,0],[10,0],[10,10],[0,10],[0,0]]]}), "south"];
print Lon = 5.0, Lat = -0.5 | evaluate geo_polygon_lookup(Areas, Area, Lon, Lat, radius = 60000)"#,
                r#"[5.0, -0.5, "south"]"#,
            ),
            example(
                r#"let Areas = datatable(Area:dynamic, Name:string)[dynamic({"type":"Polygon","coordinates":[[[0,0],[10,0],[10,10],[0,10],[0,0]]]}), "south"];
print Lon = 5.0, Lat = -0.5 | evaluate geo_polygon_lookup(Areas, Area, Lon, Lat, return_unmatched = true, return_lookup_key = true)"#,
                r#"[5.0, -0.5, null, ""]"#,
            ),
        ],
    },
    Plugin {
        name: "geo_line_lookup",
        doc: "Joins each row with the rows of a table whose line is near the row's point.",
        page: "geo-line-lookup-plugin",
        signatures: &[&[
            LOOKUP_TABLE,
            param("LookupLineKey", ParamKind::DynamicBag).form(ArgForm::Parameter0Column),
            column("SourceLongitude", ParamKind::Scalar),
            column("SourceLatitude", ParamKind::Scalar),
            param("radius", REAL).form(ArgForm::Literal),
            RETURN_UNMATCHED,
            param("lookup_area_radius", REAL).form(ArgForm::Literal).optional(),
            param("return_lookup_key", ParamKind::Types(&[Type::Bool])).form(ArgForm::Literal).optional(),
        ]],
        bind: Bind::Rows(|call| lookup(call, &GEO_LINES)),
        examples: &[example(
            r#"let Roads = datatable(Road:dynamic, Name:string)[dynamic({"type":"LineString","coordinates":[[0,0],[10,0]]}), "equator", dynamic({"type":"LineString","coordinates":[[0,0],[0,10]]}), "meridian"];
print Lon = 5.0, Lat = 0.5 | evaluate geo_line_lookup(Roads, Road, Lon, Lat, 60000)"#,
            r#"[5.0, 0.5, "equator"]"#,
        )],
    },
];

const LOOKUP_TABLE: Param = param("LookupTable", ParamKind::Tabular);
const REAL: ParamKind = ParamKind::Types(&[Type::Real]);
const RETURN_UNMATCHED: Param =
    param("return_unmatched", ParamKind::Types(&[Type::Bool])).form(ArgForm::Literal).optional();

/// What a plugin looks up, and how.
struct Lookup {
    /// A function of the runtime that only the plugins call: of the row's values and an array of all keys, as texts, it
    /// gives those that the row matches, or an array of "".
    function: Function,
    /// The parameters with the row's values, and the function that converts these.
    sources: &'static [&'static str],
    convert: &'static str,
    /// The parameter with the column of keys, and whether that column is shown only where it is asked for.
    key: &'static str,
    hidden: bool,
}

static V4_NETWORKS: Lookup = Lookup {
    function: runtime("ipv4_lookup", &[overload(&[], DYNAMIC, Lower::Udf("kql_ipv4_networks"))]),
    sources: &["SourceIPv4Key"],
    convert: "tostring",
    key: "IPv4LookupKey",
    hidden: false,
};
static V6_NETWORKS: Lookup = Lookup {
    function: runtime("ipv6_lookup", &[overload(&[], DYNAMIC, Lower::Udf("kql_ipv6_networks"))]),
    sources: &["SourceIPv6Key"],
    key: "IPv6LookupKey",
    ..V4_NETWORKS
};
static POLYGONS: Lookup = Lookup {
    function: runtime("geo_polygon_lookup", &[overload(&[], DYNAMIC, Lower::Udf("kql_geo_polygons_at"))]),
    sources: &["SourceLongitude", "SourceLatitude"],
    convert: "toreal",
    key: "LookupPolygonKey",
    hidden: true,
};
static GEO_LINES: Lookup = Lookup {
    function: runtime("geo_line_lookup", &[overload(&[], DYNAMIC, Lower::Udf("kql_geo_lines_at"))]),
    sources: &["SourceLongitude", "SourceLatitude"],
    convert: "toreal",
    key: "LookupLineKey",
    hidden: true,
};

const DYNAMIC: Returns = Returns::Type(Type::Dynamic);

const fn runtime(name: &'static str, overloads: &'static [Overload]) -> Function {
    Function { name, overloads, ..Function::BASE }
}

/// The input joined with the table: for each row the keys that it matches are found in the list of all, and the table is
/// joined by these.
///
/// A key is the text of a network or shape; extra keys stand behind it as an array, so that what matches in the
/// network but not in them is unmatched.
fn lookup(call: &mut Call, what: &'static Lookup) -> Rel {
    let span = call.name.span;
    let sources: Option<Vec<Expr>> = what.sources.iter().map(|source| call.scalar(source)).collect();
    let (Some(table), Some(sources), Some(key)) = (call.table("LookupTable"), sources, call.scalar(what.key))
    else {
        return unknown_table();
    };
    let hidden = key.as_column().filter(|_| what.hidden && !call.flag("return_lookup_key")).cloned();
    let extra: Vec<ColumnName> =
        call.scalars("ExtraKey").filter_map(|(_, e)| e.as_column().cloned()).collect();
    let extras_of = |call: &mut Call, rel: &Rel| {
        let values = extra.iter().filter_map(|n| rel.column(n)).map(|c| c.reference(span)).collect();
        let array = call.binder.call_by_name("pack_array", values, span);
        call.binder.call_by_name("tostring", vec![array], span)
    };

    // The table with its keys; rows without one match nothing.
    let mut key_value = call.binder.call_by_name("tostring", vec![key], span);
    let has_key = call.binder.call_by_name("isnotempty", vec![key_value.clone()], span);
    if !extra.is_empty() {
        let line_break = Expr::literal(Literal::String("\n".into()), span);
        let extras = extras_of(call, &table);
        key_value = call.binder.call_by_name("strcat", vec![key_value, line_break, extras], span);
    }
    let key_column = PlanColumn::new(private("key"), Type::String, false);
    let mut columns: Vec<PlanColumn> = table.visible().cloned().collect();
    let mut values: Vec<Expr> = columns.iter().map(|c| c.reference(span)).collect();
    let shown = columns.clone();
    columns.push(key_column.clone());
    values.push(key_value);
    let filtered = (table.columns.to_vec(), Node::Filter { input: table, predicate: has_key });
    let filtered = Rel::new(filtered.1, filtered.0, Order::default());
    let table = Rel::new(Node::Project { input: filtered, values }, columns, Order::default());
    let table = call.binder.share("keys", table);

    // The input with a row for each key that has its address.
    let keys =
        Node::Aggregate { input: table.clone(), keys: vec![key_column.reference(span)], aggregates: vec![] };
    let keys = Rel::new(keys, vec![key_column.clone()], Order::default());
    let keys = Expr { kind: ExprKind::SubqueryArray(Box::new(keys)), ty: Type::Dynamic, span };
    let mut args: Vec<Expr> = sources
        .into_iter()
        .map(|source| call.binder.call_by_name(what.convert, vec![source], span))
        .collect();
    args.push(keys);
    if let Some(radius) = call.scalar("radius") {
        args.push(call.binder.call_by_name("toreal", vec![radius], span));
    }
    let input = call.input.clone();
    if !extra.is_empty() {
        args.push(extras_of(call, &input));
    }
    let found = Expr {
        kind: ExprKind::Call { function: &what.function, overload: 0, args },
        ty: Type::Dynamic,
        span,
    };
    let mut columns: Vec<PlanColumn> = input.visible().cloned().collect();
    let mut output: Vec<_> = columns.iter().map(|c| ExpandOutput::Column(c.name.clone())).collect();
    let mut sides: Vec<_> = columns.iter().map(|c| (Side::Left, c.name.clone())).collect();
    let mut result = columns.clone();
    columns.push(key_column.clone());
    output.push(ExpandOutput::Element(0));
    let expand = Expand { input, output, arrays: vec![found], limit: None, bag_as_array: false };
    let left = Rel::new(Node::Expand(Box::new(expand)), columns, Order::default());

    let unmatched = call.flag("return_unmatched");
    let shown = shown.into_iter().filter(|c| !extra.contains(&c.name) && Some(&c.name) != hidden.as_ref());
    for c in shown {
        sides.push((Side::Right, c.name.clone()));
        result.push(PlanColumn { nullable: c.nullable || unmatched, ..c });
    }
    make_unique(&mut result);
    let kind = if unmatched { JoinKind::LeftOuter } else { JoinKind::Inner };
    let on = vec![(key_column.reference(span), key_column.reference(span))];
    let join = Join { left, right: table, kind, on, output: sides };
    Rel::new(Node::Join(Box::new(join)), result, Order::default())
}

//! Plugins that look values up in a table: networks that have an address, areas that have a point.

use super::compose::private;
use super::{Bind, Call, MANY, Plugin, column};
use crate::bind::names::make_unique;
use crate::bind::table::unknown_table;
use crate::functions::{ArgForm, Function, Lower, Param, ParamKind, Returns, example, overload, param};
use crate::plan::{Expand, ExpandOutput, Expr, ExprKind, Join, JoinKind, Node, Order, PlanColumn, Rel, Side};
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
        bind: Bind::Rows(|call| networks(call, &V4_NETWORKS, "SourceIPv4Key", "IPv4LookupKey")),
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
        bind: Bind::Rows(|call| networks(call, &V6_NETWORKS, "SourceIPv6Key", "IPv6LookupKey")),
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
        bind: Bind::Refused {
            why: "join the tables on a constant and filter by geo_point_in_polygon()",
            columns: |call| geo_columns(call, "LookupPolygonKey"),
        },
        ..Plugin::BASE
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
        bind: Bind::Refused {
            why: "join the tables on a constant and filter by geo_distance_point_to_line()",
            columns: |call| geo_columns(call, "LookupLineKey"),
        },
        ..Plugin::BASE
    },
];

const LOOKUP_TABLE: Param = param("LookupTable", ParamKind::Tabular);
const REAL: ParamKind = ParamKind::Types(&[Type::Real]);
const RETURN_UNMATCHED: Param =
    param("return_unmatched", ParamKind::Types(&[Type::Bool])).form(ArgForm::Literal).optional();

/// Which keys of a list have an address: functions of the runtime that only the plugins call.
static V4_NETWORKS: Function = Function {
    name: "ipv4_lookup",
    overloads: &[overload(&[], Returns::Type(Type::Dynamic), Lower::Udf("kql_ipv4_networks"))],
    ..Function::BASE
};
static V6_NETWORKS: Function = Function {
    name: "ipv6_lookup",
    overloads: &[overload(&[], Returns::Type(Type::Dynamic), Lower::Udf("kql_ipv6_networks"))],
    ..Function::BASE
};

/// The input joined with the table: for each address the keys of its networks (`kql_ipv4_networks`) are found
/// in the list of all, and the table is joined by these.
///
/// A key is the text of the network; extra keys stand behind it as an array, so that what matches in the
/// network but not in them is unmatched.
fn networks(call: &mut Call, function: &'static Function, source: &str, key: &str) -> Rel {
    let span = call.name.span;
    let (Some(table), Some(address), Some(network)) =
        (call.table("LookupTable"), call.scalar(source), call.scalar(key))
    else {
        return unknown_table();
    };
    let extra: Vec<String> =
        call.scalars("ExtraKey").filter_map(|(_, e)| e.as_column().map(str::to_owned)).collect();
    let extras_of = |call: &mut Call, rel: &Rel| {
        let values = extra.iter().filter_map(|n| rel.column(n)).map(|c| c.reference(span)).collect();
        let array = call.binder.call_by_name("pack_array", values, span);
        call.binder.call_by_name("tostring", vec![array], span)
    };

    // The table with its keys; rows without a network match nothing.
    let mut key_value = call.binder.call_by_name("tostring", vec![network], span);
    let is_network = call.binder.call_by_name("isnotempty", vec![key_value.clone()], span);
    if !extra.is_empty() {
        let line_break = Expr::literal(Literal::String("\n".into()), span);
        let extras = extras_of(call, &table);
        key_value = call.binder.call_by_name("strcat", vec![key_value, line_break, extras], span);
    }
    let key_column = PlanColumn::new(private("network"), Type::String, false);
    let mut columns: Vec<PlanColumn> = table.visible().cloned().collect();
    let mut values: Vec<Expr> = columns.iter().map(|c| c.reference(span)).collect();
    let shown = columns.clone();
    columns.push(key_column.clone());
    values.push(key_value);
    let filtered = (table.columns.to_vec(), Node::Filter { input: table, predicate: is_network });
    let filtered = Rel::new(filtered.1, filtered.0, Order::default());
    let table = Rel::new(Node::Project { input: filtered, values }, columns, Order::default());
    let table = call.binder.share("networks", table);

    // The input with a row for each key that has its address.
    let keys =
        Node::Aggregate { input: table.clone(), keys: vec![key_column.reference(span)], aggregates: vec![] };
    let keys = Rel::new(keys, vec![key_column.clone()], Order::default());
    let keys = Expr { kind: ExprKind::SubqueryArray(Box::new(keys)), ty: Type::Dynamic, span };
    let address = call.binder.call_by_name("tostring", vec![address], span);
    let mut args = vec![address, keys];
    let input = call.input.clone();
    if !extra.is_empty() {
        args.push(extras_of(call, &input));
    }
    let found = Expr { kind: ExprKind::Call { function, overload: 0, args }, ty: Type::Dynamic, span };
    let mut columns: Vec<PlanColumn> = input.visible().cloned().collect();
    let mut output: Vec<_> = columns.iter().map(|c| ExpandOutput::Column(c.name.clone())).collect();
    let mut sides: Vec<_> = columns.iter().map(|c| (Side::Left, c.name.clone())).collect();
    let mut result = columns.clone();
    columns.push(key_column.clone());
    output.push(ExpandOutput::Element(0));
    let expand = Expand { input, output, arrays: vec![found], limit: None, bag_as_array: false };
    let left = Rel::new(Node::Expand(Box::new(expand)), columns, Order::default());

    let unmatched = call.flag("return_unmatched");
    for c in shown.into_iter().filter(|c| !extra.contains(&c.name)) {
        sides.push((Side::Right, c.name.clone()));
        result.push(PlanColumn { nullable: c.nullable || unmatched, ..c });
    }
    make_unique(&mut result);
    let kind = if unmatched { JoinKind::LeftOuter } else { JoinKind::Inner };
    let on = vec![(key_column.reference(span), key_column.reference(span))];
    let join = Join { left, right: table, kind, on, output: sides };
    Rel::new(Node::Join(Box::new(join)), result, Order::default())
}

/// The columns of the input and of the table, its key only where it is asked for.
fn geo_columns(call: &mut Call, key: &str) -> Vec<PlanColumn> {
    let mut columns = call.input_columns();
    let key = call.scalar(key).and_then(|e| e.as_column().map(str::to_owned));
    let with_key = call.flag("return_lookup_key");
    if let Some(table) = call.table("LookupTable") {
        columns.extend(table.visible().filter(|c| with_key || Some(&c.name) != key.as_ref()).cloned());
    }
    make_unique(&mut columns);
    columns
}

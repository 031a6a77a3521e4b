//! `bag_unpack`: a column for each member of a bag.

use std::collections::BTreeMap;

use super::{Call, Plugin, computed, distinct, element, member};
use crate::bind::Binder;
use crate::bind::projection::project;
use crate::diagnostics::binding as messages;
use crate::operators::externaldata::declared;
use crate::operators::project_by_names::strings;
use crate::plan::{Expand, ExpandOutput, Expr, Node, Order, PlanColumn, Rel};
use crate::span::Span;
use crate::syntax::ast::Literal;
use crate::types::Type;

pub(super) const PLUGIN: Plugin = Plugin {
    name: "bag_unpack",
    doc: "Makes a column of each member of a property bag.",
    page: "bag-unpack-plugin",
    bind,
};

/// What becomes of a member whose column is there already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Conflict {
    Error,
    ReplaceSource,
    KeepSource,
}

/// A column of the result that comes from the bag.
struct Slot {
    column: String,
    key: String,
    ty: Type,
}

fn bind(binder: &mut Binder, call: Call<'_>) -> Rel {
    let span = call.name.span;
    let bag = call.column(binder, 0, "Column");
    if let Some(bag) = &bag
        && !matches!(bag.ty, Type::Dynamic | Type::Unknown)
    {
        let at = call.args.first().map_or(span, |a| a.span);
        binder.report(messages::type_expected(at, &[Type::Dynamic], bag.ty));
    }
    let prefix = match call.literal(binder, 1, "OutputColumnPrefix") {
        Some(Literal::String(prefix)) => prefix,
        _ => String::new(),
    };
    let conflict = match call.literal(binder, 2, "columnsConflict") {
        Some(Literal::String(word)) => match word.as_str() {
            "replace_source" => Conflict::ReplaceSource,
            "keep_source" => Conflict::KeepSource,
            "error" => Conflict::Error,
            _ => {
                let at = call.argument(2, "columnsConflict").map_or(span, |e| e.span);
                binder.report(messages::value_expected(at, &["error", "replace_source", "keep_source"]));
                Conflict::Error
            }
        },
        _ => Conflict::Error,
    };
    let ignored = match call.literal(binder, 3, "ignoredProperties") {
        Some(Literal::Dynamic(json)) => strings(&json),
        _ => Vec::new(),
    };
    let Some(bag) = bag else { return call.input };
    let source: Vec<PlanColumn> = call.input.visible().filter(|c| c.name != bag.name).cloned().collect();

    if let Some((columns, star)) = call.schema {
        let mut list: Vec<(PlanColumn, Expr)> = Vec::new();
        let declared = declared(binder, columns);
        if *star {
            let kept = source.iter().filter(|s| !declared.iter().any(|d| d.name == s.name));
            list.extend(kept.map(|c| (c.clone(), c.reference(span))));
        }
        for column in declared {
            let own = source.iter().find(|s| s.name == column.name && conflict != Conflict::ReplaceSource);
            let value = match own {
                Some(own) => own.reference(span),
                None => {
                    let key = column.name.strip_prefix(&prefix).unwrap_or(&column.name);
                    member(bag.reference(span), key, span)
                }
            };
            let value = binder.conversion(value, column.ty);
            list.push((column, value));
        }
        return project(call.input, list);
    }

    let Some(answer) = binder.answer() else {
        let question = question(binder, &call.input, &bag, span);
        binder.ask(question);
        let list = source.iter().map(|c| (c.clone(), c.reference(span))).collect();
        return project(call.input, list);
    };
    let mut slots = slots(&answer, &prefix);
    slots.retain(|s| !ignored.contains(&s.key));

    let mut list: Vec<(PlanColumn, Expr)> = Vec::new();
    let value = |binder: &mut Binder, slot: &Slot| {
        let value = member(bag.reference(span), &slot.key, span);
        let value = binder.conversion(value, slot.ty);
        (PlanColumn::new(slot.column.clone(), slot.ty, true), value)
    };
    for column in call.input.visible() {
        let slot = slots.iter().position(|s| s.column == column.name).map(|i| slots.remove(i));
        match slot {
            // The column of the bag gives its place to a member of that name.
            Some(slot) if column.name == bag.name || conflict == Conflict::ReplaceSource => {
                list.push(value(binder, &slot));
            }
            None if column.name == bag.name => {}
            Some(_) if conflict == Conflict::Error => {
                binder.report(messages::bag_unpack_conflict(span, &column.name));
            }
            _ => list.push((column.clone(), column.reference(span))),
        }
    }
    for slot in &slots {
        list.push(value(binder, slot));
    }
    project(call.input, list)
}

/// The keys of all bags and the types of their values.
fn question(binder: &mut Binder, input: &Rel, bag: &PlanColumn, span: Span) -> Rel {
    let text = |s: &str| Expr::literal(Literal::String(s.to_owned()), span);
    let position = |n: i64| Expr::literal(Literal::Long(n), span);
    let value = bag.reference(span);
    let kind = binder.call_by_name("gettype", vec![value.clone()], span);
    let is_bag = binder.call_by_name("==", vec![kind, text("dictionary")], span);
    let input = computed(input.clone(), vec![("bag", value), ("is_bag", is_bag)]);
    let (bag, is_bag) = (input.columns[0].reference(span), input.columns[1].reference(span));
    let columns = vec![input.columns[0].clone()];
    let bags = Rel::new(Node::Filter { input, predicate: is_bag }, columns, Order::default());
    let expand = Expand {
        output: vec![ExpandOutput::Element(0)],
        arrays: vec![bag],
        limit: None,
        bag_as_array: true,
        input: bags,
    };
    let pair = PlanColumn::new("pair", Type::Dynamic, true);
    let slot = pair.reference(span);
    let pairs = Rel::new(Node::Expand(Box::new(expand)), vec![pair], Order::default());
    let key = binder.conversion(element(slot.clone(), position(0), span), Type::String);
    let ty = binder.call_by_name("gettype", vec![element(slot, position(1), span)], span);
    distinct(computed(pairs, vec![("key", key), ("type", ty)]), span)
}

/// The columns that the members of the bags make, in the order of their names. Members of several types are `dynamic`.
fn slots(answer: &[Vec<String>], prefix: &str) -> Vec<Slot> {
    let mut types: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for row in answer {
        if let [key, ty] = row.as_slice()
            && !key.is_empty()
        {
            let types = types.entry(key).or_default();
            // Null has no type of its own.
            if ty != "null" {
                types.push(ty);
            }
        }
    }
    let slot = |(key, types): (&str, Vec<&str>)| {
        let ty = match types.as_slice() {
            [one] => Type::parse(one).unwrap_or(Type::Dynamic),
            _ => Type::Dynamic,
        };
        Slot { column: format!("{prefix}{key}"), key: key.to_owned(), ty }
    };
    types.into_iter().map(slot).collect()
}

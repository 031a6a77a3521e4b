//! `preview`: the first rows, and how many there are.

use super::{Call, Plugin};
use crate::bind::Binder;
use crate::diagnostics::binding as messages;
use crate::functions::{self, AGGREGATES};
use crate::operators::take::limit;
use crate::plan::{Node, Order, PlanColumn, Rel};
use crate::types::Type;

pub(super) const PLUGIN: Plugin = Plugin {
    name: "preview",
    doc: "Gives the first rows as one result, and the number of all rows as another.",
    page: "preview-plugin",
    bind,
};

fn bind(binder: &mut Binder, call: Call<'_>) -> Rel {
    let span = call.name.span;
    let Some(count) = call.argument(0, "NumberOfRows") else {
        binder.report(messages::argument_count(span, &call.name.text, 1, 1, call.args.len()));
        return call.input;
    };
    let count = binder.count(count);
    let Some(function) = functions::find(AGGREGATES, "count") else { return call.input };
    let number = binder.aggregate_by_entry(function, vec![], vec![], span);
    let input = binder.share("input", call.input);
    let column = PlanColumn::new("Count", Type::Long, false);
    let node = Node::Aggregate { input: input.clone(), keys: vec![], aggregates: vec![number] };
    let all = Rel::new(node, vec![column], Order::default());
    binder.several_results(vec![limit(input, count), all])
}

//! `preview`: the first rows, and how many there are.

use super::Call;
use crate::functions::{self, AGGREGATES};
use crate::operators::take::limit;
use crate::plan::{Node, Order, PlanColumn, Rel};
use crate::types::Type;

pub(super) fn bind(call: &mut Call) -> Rel {
    let span = call.name.span;
    let (Some(count), Some(function)) = (call.scalar("NumberOfRows"), functions::find(AGGREGATES, "count"))
    else {
        return call.input.clone();
    };
    let number = call.binder.aggregate_by_entry(function, vec![], vec![], span);
    let input = call.binder.share("input", call.input.clone());
    let column = PlanColumn::new("Count", Type::Long, false);
    let node = Node::Aggregate { input: input.clone(), keys: vec![], aggregates: vec![number] };
    let all = Rel::new(node, vec![column], Order::default());
    call.binder.several_results(vec![limit(input, count), all])
}

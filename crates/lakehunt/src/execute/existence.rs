//! Joins that only ask whether there is a match.

use datafusion::common::config::ConfigOptions;
use datafusion::common::tree_node::{Transformed, TransformedResult, TreeNode};
use datafusion::common::{JoinType, Result};
use datafusion::physical_expr::PhysicalExpr;
use datafusion::physical_expr::expressions::Column;
use datafusion::physical_optimizer::PhysicalOptimizerRule;
use datafusion::physical_plan::ExecutionPlan;
use datafusion::physical_plan::aggregates::{AggregateExec, AggregateMode, PhysicalGroupBy};
use datafusion::physical_plan::joins::HashJoinExec;
use std::sync::Arc;

/// Hands a semi or anti join the keys of the side that it only asks, each of them once.
///
/// The engine's join looks at all matches of a row, although the first one decides: `join kind=leftanti` with a hundred
/// thousand mails of a thousand senders compares each row with a hundred texts. The keys are made distinct by the first
/// half of an aggregation, which needs no exchange and which the engine gives up for keys that hardly repeat.
#[derive(Debug)]
pub struct Existence;

impl PhysicalOptimizerRule for Existence {
    fn optimize(&self, plan: Arc<dyn ExecutionPlan>, _: &ConfigOptions) -> Result<Arc<dyn ExecutionPlan>> {
        plan.transform_up(|node| {
            let once = match node.downcast_ref::<HashJoinExec>() {
                Some(join) => keys_once(join)?,
                None => None,
            };
            Ok(once.map_or_else(|| Transformed::no(node), Transformed::yes))
        })
        .data()
    }

    fn name(&self) -> &'static str {
        "Existence"
    }

    fn schema_check(&self) -> bool {
        true
    }
}

/// The join over distinct keys, if it is one that asks for existence only.
fn keys_once(join: &HashJoinExec) -> Result<Option<Arc<dyn ExecutionPlan>>> {
    let asks_left = match join.join_type() {
        JoinType::RightSemi | JoinType::RightAnti => true,
        JoinType::LeftSemi | JoinType::LeftAnti => false,
        _ => return Ok(None),
    };
    // Without keys there is nothing to group by, and a further condition may read other columns.
    if join.on().is_empty() || join.filter().is_some() {
        return Ok(None);
    }
    let (mut left, mut right) = (Arc::clone(join.left()), Arc::clone(join.right()));
    let mut on = join.on().to_vec();
    let asked = if asks_left { &mut left } else { &mut right };
    if asked.is::<AggregateExec>() {
        return Ok(None);
    }
    let mut keys = Vec::with_capacity(on.len());
    for (index, (of_left, of_right)) in on.iter_mut().enumerate() {
        let key = if asks_left { of_left } else { of_right };
        let name = format!("key_{index}");
        let column: Arc<dyn PhysicalExpr> = Arc::new(Column::new(&name, index));
        keys.push((std::mem::replace(key, column), name));
    }
    let schema = asked.schema();
    let group = PhysicalGroupBy::new_single(keys);
    let once =
        AggregateExec::try_new(AggregateMode::Partial, group, vec![], vec![], Arc::clone(asked), schema)?;
    *asked = Arc::new(once);
    let joined = HashJoinExec::try_new(
        left,
        right,
        on,
        None,
        join.join_type(),
        join.projection.as_deref().map(<[usize]>::to_vec),
        *join.partition_mode(),
        join.null_equality(),
        join.null_aware,
    )?;
    Ok(Some(Arc::new(joined)))
}

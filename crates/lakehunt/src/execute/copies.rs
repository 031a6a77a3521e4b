//! How often an expression may be copied while filters are moved towards the tables.

use datafusion::arrow::datatypes::{DataType, FieldRef};
use datafusion::common::tree_node::{Transformed, TreeNode, TreeNodeRecursion, TreeNodeRewriter};
use datafusion::common::{DFSchema, Result, internal_err};
use datafusion::logical_expr::expr::ScalarFunction;
use datafusion::logical_expr::{
    Aggregate, ColumnarValue, Distinct, Expr, JoinType, LogicalPlan, Projection, ReturnFieldArgs,
    ScalarFunctionArgs, ScalarUDF, ScalarUDFImpl, Signature, Volatility,
};
use datafusion::optimizer::{OptimizerConfig, OptimizerRule};
use std::sync::{Arc, LazyLock};

/// So many parts may the predicate on a column come to, once each name in it stands for what it is computed from.
const MOST: usize = 1000;

/// Keeps filters from being written out beyond measure.
///
/// The engine moves a filter below a projection by putting the expressions of the projection in the place of their names. Where
/// each of twenty stages names the column of the one before twice (`extend Why = iff(…, array_concat(Why, …), Why)`, as
/// hunts do that collect reasons), a filter on the last would become a million copies of the first. A column that would
/// come to more than [`MOST`] parts is computed in its place: nothing that names it goes further down.
#[derive(Debug)]
pub struct Copies;

impl OptimizerRule for Copies {
    fn name(&self) -> &str {
        "copies"
    }

    fn supports_rewrite(&self) -> bool {
        true
    }

    fn rewrite(&self, plan: LogicalPlan, _: &dyn OptimizerConfig) -> Result<Transformed<LogicalPlan>> {
        plan.rewrite_with_subqueries(&mut Walk::default())
    }
}

/// A walk up the plan.
#[derive(Default)]
struct Walk {
    /// How many parts each column comes to: of the plans that have been walked and whose parents have not.
    parts: Vec<Vec<usize>>,
}

impl TreeNodeRewriter for Walk {
    type Node = LogicalPlan;

    fn f_up(&mut self, plan: LogicalPlan) -> Result<Transformed<LogicalPlan>> {
        let inputs = self.parts.split_off(self.parts.len().saturating_sub(plan.inputs().len()));
        // Subqueries come before the inputs. Their rows are no columns of the plan.
        plan.apply_subqueries(|_| {
            self.parts.pop();
            Ok(TreeNodeRecursion::Continue)
        })?;
        let mut parts = parts_of_columns(&plan, &inputs);
        let large = |parts: &usize| *parts > MOST;
        let is_large = matches!(plan, LogicalPlan::Projection(_)) && parts.iter().any(large);
        let kept = if is_large { keep(plan, &parts)? } else { Transformed::no(plan) };
        if is_large {
            parts.iter_mut().filter(|parts| large(parts)).for_each(|parts| *parts = 1);
        }
        self.parts.push(parts);
        Ok(kept)
    }
}

/// How many parts each column of the plan comes to if those of its inputs do to `inputs`.
fn parts_of_columns(plan: &LogicalPlan, inputs: &[Vec<usize>]) -> Vec<usize> {
    let width = plan.schema().fields().len();
    let computed = |exprs: &[Expr], input: &LogicalPlan, parts: &[usize]| {
        exprs.iter().map(|expr| parts_of(expr, input.schema(), parts)).collect()
    };
    let mut parts: Vec<usize> = match (plan, inputs) {
        (LogicalPlan::Projection(Projection { expr, input, .. }), [parts]) => computed(expr, input, parts),
        (LogicalPlan::Aggregate(Aggregate { group_expr, input, .. }), [parts]) => {
            computed(group_expr, input, parts)
        }
        (LogicalPlan::Join(join), [left, right]) => match join.join_type {
            JoinType::RightSemi | JoinType::RightAnti => right.clone(),
            _ => left.iter().chain(right).copied().collect(),
        },
        (LogicalPlan::Union(_), inputs) => {
            let most = |i| inputs.iter().filter_map(|parts| parts.get(i)).copied().max().unwrap_or(1);
            (0..width).map(most).collect()
        }
        (
            LogicalPlan::SubqueryAlias(_)
            | LogicalPlan::Filter(_)
            | LogicalPlan::Sort(_)
            | LogicalPlan::Limit(_)
            | LogicalPlan::Window(_)
            | LogicalPlan::Repartition(_)
            | LogicalPlan::Distinct(Distinct::All(_)),
            [parts],
        ) => parts.clone(),
        _ => Vec::new(),
    };
    // What a node adds to the columns of its input, it computes itself; a semi join has the columns of one side.
    parts.resize(width, 1);
    parts
}

/// How many parts the expression comes to if the columns of its input do to `input`. What is volatile is never copied.
fn parts_of(expr: &Expr, schema: &DFSchema, input: &[usize]) -> usize {
    let mut parts = 0usize;
    // The walk itself cannot fail.
    let _ = expr.apply(|part| {
        if part.is_volatile() {
            parts = parts.saturating_add(1);
            return Ok(TreeNodeRecursion::Jump);
        }
        let of_part = match part {
            Expr::Column(column) => {
                schema.maybe_index_of_column(column).and_then(|index| input.get(index)).copied().unwrap_or(1)
            }
            Expr::Alias(_) => 0,
            _ => 1,
        };
        parts = parts.saturating_add(of_part);
        Ok(match part {
            // However long the list is, it is one part of the predicate.
            Expr::InList(list) => {
                parts = parts.saturating_add(parts_of(&list.expr, schema, input));
                TreeNodeRecursion::Jump
            }
            _ => TreeNodeRecursion::Continue,
        })
    });
    parts
}

/// The projection with those columns in their place that come to more than [`MOST`] parts.
fn keep(plan: LogicalPlan, parts: &[usize]) -> Result<Transformed<LogicalPlan>> {
    let LogicalPlan::Projection(Projection { expr, input, schema, .. }) = plan else {
        return internal_err!("only projections compute columns");
    };
    let kept = expr.into_iter().enumerate().map(|(i, expr)| {
        if parts[i] <= MOST {
            return expr;
        }
        let (qualifier, field) = schema.qualified_field(i);
        let expr = ScalarFunction::new_udf(Arc::clone(&IN_PLACE), vec![expr.unalias()]);
        Expr::ScalarFunction(expr).alias_qualified(qualifier.cloned(), field.name())
    });
    let kept = Projection::try_new_with_schema(kept.collect(), input, Arc::clone(&schema))?;
    Ok(Transformed::yes(LogicalPlan::Projection(kept)))
}

/// Gives its argument, and is called volatile: so the engine leaves it where it stands.
static IN_PLACE: LazyLock<Arc<ScalarUDF>> = LazyLock::new(|| {
    Arc::new(ScalarUDF::from(InPlace { signature: Signature::any(1, Volatility::Volatile) }))
});

#[derive(Debug, PartialEq, Eq, Hash)]
struct InPlace {
    signature: Signature,
}

impl ScalarUDFImpl for InPlace {
    fn name(&self) -> &str {
        "kql_in_place"
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, types: &[DataType]) -> Result<DataType> {
        Ok(types[0].clone())
    }

    fn return_field_from_args(&self, args: ReturnFieldArgs) -> Result<FieldRef> {
        Ok(Arc::clone(&args.arg_fields[0]))
    }

    fn invoke_with_args(&self, mut args: ScalarFunctionArgs) -> Result<ColumnarValue> {
        Ok(args.args.swap_remove(0))
    }
}

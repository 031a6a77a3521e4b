//! An operation as a table that SQL can read.

use super::exec::{OperationExec, Pack, Shared};
use super::{Files, Formulas, Job, schema_of};
use datafusion::arrow::datatypes::{DataType, Field, Schema, SchemaRef};
use datafusion::catalog::{Session, TableProvider};
use datafusion::common::{DFSchema, DataFusionError, Result};
use datafusion::datasource::TableType;
use datafusion::execution::session_state::{SessionState, SessionStateBuilder};
use datafusion::logical_expr::expr_rewriter::unnormalize_col;
use datafusion::logical_expr::simplify::SimplifyContext;
use datafusion::logical_expr::{Expr, LogicalPlan};
use datafusion::optimizer::simplify_expressions::ExprSimplifier;
use datafusion::physical_plan::ExecutionPlan;
use datafusion::sql::parser::Statement;
use datafusion::sql::sqlparser::ast;
use kql2sql::Span;
use kql2sql::operation::Task;
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// The name of the column that holds the columns that are packed.
pub(crate) const REST: &str = "$rest";

/// The rows of an operation. However many scans there are, it is carried out once.
#[derive(Debug)]
pub(crate) struct OperationTable {
    output: SchemaRef,
    shared: Arc<Shared>,
    pack: Option<Arc<Pack>>,
}

impl OperationTable {
    /// Plans the inputs of an operation. `state` must know the tables of earlier operations.
    pub async fn plan(
        operation: kql2sql::Operation,
        state: &SessionState,
        files: Arc<Files>,
    ) -> Result<OperationTable> {
        let mut plans = Vec::with_capacity(operation.inputs.len());
        let mut inputs = Vec::with_capacity(operation.inputs.len());
        for input in operation.inputs {
            // Rows that are not sorted come in the order of their source only if one thread reads them.
            let state = match operation.in_order && input.sql.order_by.is_none() {
                true => Cow::Owned(with_one_thread(state)),
                false => Cow::Borrowed(state),
            };
            let logical = logical_plan(&state, input.sql).await?;
            plans.push(state.create_physical_plan(&logical).await?);
            inputs.push(schema_of(&input.columns));
        }
        let formulas = match operation.formulas {
            Some(formulas) => Some(plan_formulas(formulas, state).await?),
            None => None,
        };
        let output = schema_of(&operation.columns);
        let job = Job {
            in_order: operation.in_order,
            task: operation.task,
            inputs,
            output: Arc::clone(&output),
            files,
            formulas,
            span: operation.span,
        };
        Ok(OperationTable { output, shared: Arc::new(Shared::new(job, plans)), pack: None })
    }

    /// The same rows, with the named columns as members of a struct, [`REST`], behind the others. `None` where it has not all
    /// of them.
    pub fn packed(&self, members: &[&String]) -> Option<OperationTable> {
        let all = &self.shared.job.output;
        let places: HashMap<&str, usize> =
            all.fields().iter().enumerate().map(|(i, f)| (f.name().as_str(), i)).collect();
        let members = members.iter().map(|name| places.get(name.as_str()).copied());
        let members = members.collect::<Option<Vec<usize>>>()?;
        let packed: HashSet<usize> = members.iter().copied().collect();
        let plain: Vec<usize> = (0..all.fields().len()).filter(|i| !packed.contains(i)).collect();
        let field = |i: &usize| Arc::clone(&all.fields()[*i]);
        let rest = DataType::Struct(members.iter().map(field).collect());
        let mut fields: Vec<Arc<Field>> = plain.iter().map(field).collect();
        fields.push(Arc::new(Field::new(REST, rest, true)));
        let schema = Arc::new(Schema::new(fields));
        let pack = Arc::new(Pack { plain, members, schema: Arc::clone(&schema) });
        Some(OperationTable { output: schema, shared: Arc::clone(&self.shared), pack: Some(pack) })
    }

    /// The rows of a query, as `materialize` keeps them. `state` must know the tables that it reads.
    pub async fn once(sql: ast::Query, state: &SessionState) -> Result<OperationTable> {
        let logical = logical_plan(state, sql).await?;
        let plan = state.create_physical_plan(&logical).await?;
        let output = plan.schema();
        let job = Job {
            in_order: false,
            task: Task { name: "materialize", settings: vec![] },
            inputs: vec![Arc::clone(&output)],
            output: Arc::clone(&output),
            files: Arc::default(),
            formulas: None,
            span: Span::default(),
        };
        Ok(OperationTable { output, shared: Arc::new(Shared::new(job, vec![plan])), pack: None })
    }
}

/// The session with plans of one partition.
fn with_one_thread(state: &SessionState) -> SessionState {
    let config = state.config().clone().with_target_partitions(1);
    SessionStateBuilder::new_from_existing(state.clone()).with_config(config).build()
}

/// Plans a query of the translator.
pub(crate) async fn logical_plan(state: &SessionState, sql: ast::Query) -> Result<LogicalPlan> {
    let statement = Statement::Statement(Box::new(ast::Statement::Query(Box::new(sql))));
    state.statement_to_plan(statement).await
}

/// The expressions are those of a projection of an empty table.
async fn plan_formulas(formulas: kql2sql::operation::Formulas, state: &SessionState) -> Result<Formulas> {
    let schema = schema_of(&formulas.columns);
    let rows = Arc::new(datafusion::datasource::empty::EmptyTable::new(Arc::clone(&schema)));
    let state = crate::execute::with_tables(state, [(formulas.table, rows as Arc<dyn TableProvider>)])?;
    let LogicalPlan::Projection(projection) = logical_plan(&state, formulas.sql).await? else {
        return Err(DataFusionError::Internal("formulas are no projection".to_owned()));
    };
    let input = DFSchema::from_unqualified_fields(schema.fields().clone(), Default::default())?;
    let context = SimplifyContext::builder()
        .with_schema(Arc::new(input.clone()))
        .with_config_options(Arc::clone(state.config_options()))
        .build();
    let simplifier = ExprSimplifier::new(context);
    let values = projection.expr.iter().map(|e| {
        // Some functions run only in the form that the optimizer gives them.
        let e = simplifier.simplify(simplifier.coerce(unnormalize_col(e.clone()), &input)?)?;
        state.create_physical_expr(e, &input)
    });
    let values = values.collect::<Result<Vec<_>>>()?;
    Ok(Formulas { schema, values: formulas.results.into_iter().zip(values).collect() })
}

#[async_trait::async_trait]
impl TableProvider for OperationTable {
    fn schema(&self) -> SchemaRef {
        Arc::clone(&self.output)
    }

    fn table_type(&self) -> TableType {
        TableType::Temporary
    }

    async fn scan(
        &self,
        _: &dyn Session,
        projection: Option<&Vec<usize>>,
        _: &[Expr],
        _: Option<usize>,
    ) -> Result<Arc<dyn ExecutionPlan>> {
        Ok(Arc::new(OperationExec::new(Arc::clone(&self.shared), self.pack.clone(), projection.cloned())?))
    }
}

//! Relations: which nodes fit into one SELECT, and where a new CTE begins.

use std::collections::{HashMap, HashSet};
use std::ops::ControlFlow;

use foldhash::fast::RandomState;
use sqlparser::ast::{self, SetExpr};

use super::build::{alias, binary, call, column, from, ident, integer, or_empty, query, select, table};
use super::casts::visit;
use super::expr::{Columns, Lowering, may_be_nan};
use super::item::Item;
use crate::Type;
use crate::plan::{ColumnName, Expr, ExprKind, Node, Plan, PlanColumn, Rel, SortKey, find_from};

/// A SELECT that may still take more clauses.
#[derive(Debug, Clone)]
pub(super) struct Block {
    pub(super) select: Box<ast::Select>,
    pub(super) items: Vec<Item>,
    pub(super) stage: Stage,
    pub(super) order_by: Vec<ast::OrderByExpr>,
    pub(super) limit: Option<ast::Expr>,
    /// The table or CTE, where the block is nothing but that.
    pub(super) source: Option<String>,
}

/// The last clause of a block that is filled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Stage {
    /// FROM, WHERE and computed columns.
    Rows,
    /// Window functions among the columns.
    Window,
    /// GROUP BY.
    Group,
    /// Nothing fits any more.
    Full,
}

/// Names for CTEs, none twice and none a table's.
#[derive(Debug, Default)]
pub(super) struct CteNames {
    used: HashSet<String, RandomState>,
    stages: usize,
    /// How often each shared relation is read.
    readers: Vec<usize>,
    /// Those of shared relations that are read in several places.
    read_again: HashSet<String, RandomState>,
}

impl CteNames {
    pub(super) fn new(plan: &Plan) -> CteNames {
        let mut names = CteNames { readers: vec![0; plan.shared.len()], ..CteNames::default() };
        crate::rewrite::for_each_rel(plan, &mut |rel| match &*rel.node {
            Node::Table { name } => {
                names.used.insert(name.to_lowercase());
            }
            Node::Shared(i) => names.readers[*i] += 1,
            _ => {}
        });
        names
    }

    /// The wished name, or one like it; `stage_1` … where there is no wish.
    pub(super) fn take(&mut self, wish: Option<&str>) -> String {
        let base = match wish {
            Some(name) if self.used.insert(name.to_lowercase()) => return name.to_owned(),
            Some(name) => name,
            None => "stage",
        };
        loop {
            self.stages += 1;
            let name = format!("{base}_{}", self.stages);
            if self.used.insert(name.to_lowercase()) {
                return name;
            }
        }
    }

    /// Whether the CTE is that of a shared relation which is read in several places.
    fn is_read_again(&self, cte: &str) -> bool {
        self.read_again.contains(cte)
    }
}

impl Columns for Block {
    fn column(&self, name: &str) -> Option<(ast::Expr, bool)> {
        self.item(name).map(|item| (item.sql(), item.nullable))
    }

    fn is_nullable(&self, name: &str) -> bool {
        self.item(name).is_none_or(|item| item.nullable)
    }
}

impl Block {
    pub(super) fn new(select: Box<ast::Select>, items: Vec<Item>) -> Block {
        Block { select, items, stage: Stage::Rows, order_by: vec![], limit: None, source: None }
    }

    /// All of a table or CTE.
    pub(super) fn scan(name: &str, columns: impl Iterator<Item = (ColumnName, bool)>) -> Block {
        let items = columns.map(|(name, nullable)| Item::column(name, nullable)).collect();
        Block::of(name.to_owned(), items)
    }

    /// All of a table or CTE, whose columns are these.
    fn of(name: String, items: Vec<Item>) -> Block {
        let select = select(vec![], from(table(&name)));
        Block { source: Some(name), ..Block::new(select, items) }
    }

    /// The output column of that name.
    pub(super) fn item(&self, name: &str) -> Option<&Item> {
        self.items.iter().find(|i| i.name == name)
    }

    /// Whether the expressions may be written in terms of the block's own: nothing that is computed is
    /// computed twice.
    pub(super) fn can_take<'e>(&self, exprs: impl IntoIterator<Item = &'e Expr>) -> bool {
        if self.limit.is_some() || self.stage == Stage::Full {
            return false;
        }
        let computed = self.items.iter().filter(|item| !item.is_trivial());
        let mut uses: HashMap<&ColumnName, usize, RandomState> =
            computed.map(|item| (&item.name, 0)).collect();
        if uses.is_empty() {
            return true;
        }
        let mut ok = true;
        for e in exprs {
            e.for_each_column(&mut |name| {
                if let Some(n) = uses.get_mut(name) {
                    *n += 1;
                    ok &= *n <= 1;
                }
            });
        }
        ok
    }

    /// Whether a predicate may go into WHERE: it reads only columns that exist before the SELECT list.
    fn can_filter(&self, predicate: &Expr) -> bool {
        if self.limit.is_some() || self.stage > Stage::Rows {
            return false;
        }
        let mut ok = true;
        predicate.for_each_column(&mut |name| {
            ok &= self.item(name).is_none_or(Item::is_trivial);
        });
        ok
    }

    /// Whether it is one row for all: without an aggregate among its columns it would be a row for each.
    pub(super) fn is_total(&self) -> bool {
        let by = &self.select.group_by;
        self.stage == Stage::Group && matches!(by, ast::GroupByExpr::Expressions(by, _) if by.is_empty())
    }

    /// A sort key by the name of the output column that has its value, where there is one.
    fn output_key(&self, mut key: ast::OrderByExpr) -> ast::OrderByExpr {
        if let Some(item) = self.items.iter().find(|i| i.is(&key.expr)) {
            key.expr = column(&item.name);
        }
        key
    }

    /// The block as a query with the given columns.
    pub(super) fn into_query(mut self, columns: &[&str]) -> ast::Query {
        if !columns.iter().copied().eq(self.items.iter().map(|i| i.name.as_str())) {
            let mut items = self.items;
            let mut take = |name: &&str| {
                let found = items.iter().position(|i| i.name == **name)?;
                Some(items.swap_remove(found))
            };
            self.items = columns.iter().filter_map(&mut take).collect();
        }
        self.query()
    }

    /// The block as a query with all its columns.
    fn query(mut self) -> ast::Query {
        let order_by = std::mem::take(&mut self.order_by);
        let order_by = order_by.into_iter().map(|key| self.output_key(key));
        // A constant orders nothing, and a number would stand for the column in that place.
        let order_by: Vec<_> = order_by.filter(|key| !matches!(key.expr, ast::Expr::Value(_))).collect();
        self.select.projection = self.items.into_iter().map(Item::into_select).collect();
        if self.select.projection.is_empty() {
            // SQL has no table without columns.
            let one = ast::SelectItem::ExprWithAlias { expr: integer(1), alias: ident("one") };
            self.select.projection.push(one);
        }
        if self.stage > Stage::Rows {
            super::casts::tell_apart(&mut self.select, self.stage == Stage::Group);
        }
        let mut q = query(SetExpr::Select(self.select));
        if !order_by.is_empty() {
            q.order_by =
                Some(ast::OrderBy { kind: ast::OrderByKind::Expressions(order_by), interpolate: None });
        }
        if let Some(limit) = self.limit {
            q.limit_clause =
                Some(ast::LimitClause::LimitOffset { limit: Some(limit), offset: None, limit_by: vec![] });
        }
        q
    }
}

impl Lowering<'_> {
    /// The whole statement.
    pub(super) fn statement(&mut self, root: &Rel) -> ast::Query {
        let mut body = self.finish(root, None);
        let ctes = std::mem::take(&mut self.ctes);
        if !ctes.is_empty() {
            body.with = Some(ast::With {
                with_token: ast::helpers::attached_token::AttachedToken::empty(),
                recursive: false,
                cte_tables: ctes,
            });
        }
        body
    }

    /// The relation as a query in its row order, with its visible columns or only the first few.
    fn finish(&mut self, rel: &Rel, columns: Option<usize>) -> ast::Query {
        let block = self.rel(rel);
        self.finish_block(block, rel, columns)
    }

    /// The same, for the block of the relation.
    fn finish_block(&mut self, mut block: Block, rel: &Rel, columns: Option<usize>) -> ast::Query {
        let keys = self.sort_keys(&rel.order.keys, &block);
        // The order in which the first rows were chosen may be another one than that in which they are shown.
        if !keys.is_empty() && (block.limit.is_none() || block.order_by != keys) {
            if block.limit.is_some() || block.stage == Stage::Full {
                block = self.close(block, None);
            }
            block = self.sorted(block, &rel.order.keys);
        }
        let names: Vec<&str> =
            rel.visible().take(columns.unwrap_or(usize::MAX)).map(|c| c.name.as_str()).collect();
        if hides(&block.items, Some(&names), &block.order_by) {
            if block.limit.is_none() {
                block.order_by.clear();
            }
            block = self.close(block, None);
            block = self.sorted(block, &rel.order.keys);
        }
        if let Some(query) = self.reuse_last(&block, &names) {
            return query;
        }
        block.into_query(&names)
    }

    /// The block in that order. What its columns compute is not computed again for the sort keys.
    fn sorted(&mut self, mut block: Block, keys: &[SortKey]) -> Block {
        let mut order_by = self.sort_keys(keys, &block);
        let again = |(key, sql): (&SortKey, &ast::OrderByExpr)| {
            let mut computed = false;
            key.value.for_each_column(&mut |name| {
                computed |= block.item(name).is_some_and(|i| !i.is_trivial());
            });
            computed && !block.items.iter().any(|i| i.is(&sql.expr))
        };
        let written = keys.iter().flat_map(|k| std::iter::repeat_n(k, 1 + usize::from(may_be_nan(k))));
        if written.zip(&order_by).any(again) || hides(&block.items, None, &order_by) {
            block = self.close(block, None);
            order_by = self.sort_keys(keys, &block);
        }
        block.order_by = order_by;
        block
    }

    /// Where the block only repeats the last CTE, which nothing else reads: that CTE's query itself.
    fn reuse_last(&mut self, block: &Block, names: &[&str]) -> Option<ast::Query> {
        let source = block.source.as_ref()?;
        if !block.order_by.is_empty() || self.names.is_read_again(source) {
            return None;
        }
        let last = self.ctes.last()?;
        let same = last.alias.name.value == *source
            && block.items.len() == names.len()
            && block.items.iter().zip(names).all(|(i, n)| i.is_unchanged() && i.name == *n);
        // A let's name is worth keeping only where it is used; here it would be an empty wrapper.
        same.then(|| self.ctes.pop().map(|cte| *cte.query)).flatten()
    }

    /// The first column of a relation as the right side of IN. A string that is NULL is "" there: as NULL it would be equal to
    /// nothing, and leave open what else is not in the table.
    pub(super) fn subquery(&mut self, rel: &Rel) -> ast::Query {
        let mut block = self.rel(rel);
        let first = rel.visible().next().filter(|c| c.ty == Type::String);
        let item = first.and_then(|c| block.items.iter_mut().find(|i| i.nullable && i.name == c.name));
        if let Some(item) = item {
            *item = Item::new(item.name.clone(), or_empty(item.sql()), false);
        }
        self.finish_block(block, rel, Some(1))
    }

    /// The first column of a relation's first row; null where it has none.
    pub(super) fn scalar_subquery(&mut self, rel: &Rel) -> ast::Query {
        let mut q = self.finish(rel, Some(1));
        let Some(first) = rel.visible().next().filter(|_| !is_single_row(rel)) else { return q };
        if q.limit_clause.is_none() {
            q.limit_clause = Some(ast::LimitClause::LimitOffset {
                limit: Some(integer(1)),
                offset: None,
                limit_by: vec![],
            });
        }
        // The engine takes a column without nulls for one that always has a value: an aggregate need not have one.
        let name = self.names.take(None);
        self.push_cte(&name, q);
        let value = call("FIRST_VALUE", [column(&first.name)]);
        let item = Item::new(first.name.clone(), value, true);
        Block::new(select(vec![], from(table(&name))), vec![item]).into_query(&[&first.name])
    }

    /// All values of a relation's first column as one dynamic array.
    pub(super) fn array_subquery(&mut self, rel: &Rel) -> ast::Query {
        let block = self.rel(rel);
        let mut block = self.closed(block, None);
        let first = rel.visible().next().cloned();
        if let Some(first) = first {
            let value = crate::functions::Arg {
                sql: self.value(&first.reference(Default::default()), &block),
                ty: first.ty,
                literal: None,
            };
            let json = crate::functions::to_dynamic::to_dynamic_sql(&value);
            let sql = call("kql_make_list_dynamic", [json]);
            block.items = vec![Item::new("values".into(), sql, true)];
        }
        block.into_query(&["values"])
    }

    /// Writes the block as a CTE and goes on from that.
    pub(super) fn close(&mut self, block: Block, wish: Option<&str>) -> Block {
        let name = self.names.take(wish);
        let columns = block.items.iter().map(|i| Item::column(i.name.clone(), i.nullable)).collect();
        self.push_cte(&name, block.query());
        Block::of(name, columns)
    }

    /// The block as a plain table or CTE, closed unless it is one.
    pub(super) fn closed(&mut self, block: Block, wish: Option<&str>) -> Block {
        if block.source.is_some() { block } else { self.close(block, wish) }
    }

    pub(super) fn push_cte(&mut self, name: &str, query: ast::Query) {
        self.ctes.push(ast::Cte {
            alias: alias(name, false),
            query: Box::new(query),
            from: None,
            materialized: None,
            closing_paren_token: ast::helpers::attached_token::AttachedToken::empty(),
        });
    }

    pub(super) fn rel(&mut self, rel: &Rel) -> Block {
        let before = std::mem::replace(&mut self.filtering, false);
        let block = self.node(rel);
        self.filtering = before;
        block
    }

    fn node(&mut self, rel: &Rel) -> Block {
        match &*rel.node {
            Node::Table { name } => {
                Block::scan(name, rel.columns.iter().map(|c| (c.name.clone(), c.nullable)))
            }
            Node::Shared(i) => self.shared(*i),
            Node::Values(rows) => self.values(rows, &rel.columns),
            Node::Range { from, to, step } => self.range(from, to, step, &rel.columns[0]),
            Node::Filter { input, predicate } => self.filter(input, predicate, &rel.columns),
            Node::Project { input, values } => self.project(input, values, &rel.columns),
            Node::Aggregate { input, keys, aggregates } => {
                self.aggregate_node(input, keys, aggregates, &rel.columns)
            }
            Node::Join(join) => self.join(join, &rel.columns),
            Node::Union(union) => self.union(union, &rel.columns),
            Node::Limit { input, count } => self.limit(input, count),
            Node::Expand(expand) => self.expand(expand, &rel.columns),
            Node::Operation(operation) => self.operation(operation, &rel.columns),
            Node::Refused(refused) => {
                self.refuse(refused.span, &refused.name, &refused.why);
                self.values(&[], &rel.columns)
            }
        }
    }

    fn shared(&mut self, index: usize) -> Block {
        if let Some((name, columns)) = self.written.get(&index) {
            return Block::of(name.clone(), columns.clone());
        }
        let shared = &self.plan.shared[index];
        let block = self.rel(&shared.rel);
        let block = self.closed(block, Some(&shared.name));
        if let Some(name) = block.source.clone() {
            if self.names.readers[index] > 1 {
                self.names.read_again.insert(name.clone());
            }
            self.written.insert(index, (name, block.items.clone()));
        }
        block
    }

    fn filter(&mut self, input: &Rel, predicate: &Expr, columns: &[PlanColumn]) -> Block {
        let mut block = self.rel(input);
        if !block.can_filter(predicate) {
            block = self.close(block, None);
        }
        let before = std::mem::replace(&mut self.filtering, true);
        let sql = self.predicate(predicate, &block);
        self.filtering = before;
        block.select.selection = Some(match block.select.selection.take() {
            Some(before) => binary(before, ast::BinaryOperator::And, sql),
            None => sql,
        });
        // What only the predicate read is not carried on.
        let mut next = 0;
        block.items.retain(|i| find_from(&mut next, columns, |c| c.name == i.name).is_some());
        block.source = None;
        block
    }

    fn project(&mut self, input: &Rel, values: &[Expr], columns: &[PlanColumn]) -> Block {
        let mut block = self.rel(input);
        let rename_only = values.iter().all(|v| v.as_column().is_some());
        let windows = values.iter().any(|v| v.any(&|e| matches!(e.kind, ExprKind::Window { .. })));
        let fits = if rename_only {
            block.stage != Stage::Full || identity(values, columns)
        } else {
            block.can_take(values) && !(windows && block.stage > Stage::Rows)
        };
        let reads = || values.iter().any(|v| v.any(&|e| matches!(e.kind, ExprKind::Column(..))));
        if !fits || (block.is_total() && !reads()) {
            block = self.close(block, None);
        }
        let mut items = self.items(values, columns, &block);
        if hides(&items, None, &block.order_by) {
            block = self.close(block, None);
            items = self.items(values, columns, &block);
        }
        if items != block.items {
            block.source = None;
        }
        block.items = items;
        if windows {
            block.stage = Stage::Window;
        }
        block
    }

    /// The output columns of a projection.
    fn items(&mut self, values: &[Expr], columns: &[PlanColumn], block: &Block) -> Vec<Item> {
        let mut next = 0;
        let mut find = |name: &ColumnName| {
            find_from(&mut next, &block.items, |item| item.name == *name).map(|i| &block.items[i])
        };
        let item = |(v, c): (&Expr, &PlanColumn)| match v.as_column().map(&mut find) {
            Some(Some(item)) => item.renamed(c.name.clone()),
            unknown => Item::new(c.name.clone(), self.raw(v, block), unknown.is_some() || c.nullable),
        };
        values.iter().zip(columns).map(item).collect()
    }

    fn limit(&mut self, input: &Rel, count: &Expr) -> Block {
        let mut block = self.rel(input);
        if block.limit.is_some() || block.stage == Stage::Full {
            block = self.close(block, None);
        }
        block = self.sorted(block, &input.order.keys);
        block.limit = Some(self.value(count, &block));
        block.source = None;
        block
    }
}

/// Whether a sort key reads a column whose name an output column takes for another value: ORDER BY sees the output
/// first. A key that is one of the outputs (of those `shown`, or all) is written by the name of that.
fn hides(items: &[Item], shown: Option<&[&str]>, order_by: &[ast::OrderByExpr]) -> bool {
    let is_output = |key: &ast::Expr| {
        items.iter().any(|i| i.is(key) && shown.is_none_or(|names| names.contains(&i.name.as_str())))
    };
    let is_hidden = |e: &ast::Expr| match e {
        ast::Expr::Identifier(id) => items.iter().any(|i| i.name == id.value && !i.is(e)),
        _ => false,
    };
    order_by.iter().filter(|key| !is_output(&key.expr)).any(|key| {
        let found = visit(&key.expr, &mut |e| match is_hidden(e) {
            true => ControlFlow::Break(()),
            false => ControlFlow::Continue(()),
        });
        found.is_break()
    })
}

/// Whether the projection changes nothing.
fn identity(values: &[Expr], columns: &[PlanColumn]) -> bool {
    values.iter().zip(columns).all(|(v, c)| v.as_column() == Some(&c.name))
}

/// Whether the relation has one row: a grand total, or `take 1`.
fn is_single_row(rel: &Rel) -> bool {
    match &*rel.node {
        Node::Aggregate { keys, .. } => keys.is_empty(),
        Node::Project { input, .. } => is_single_row(input),
        Node::Values(rows) => rows.len() == 1,
        _ => false,
    }
}

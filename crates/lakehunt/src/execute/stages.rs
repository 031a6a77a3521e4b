//! Stages of a query that are computed once although it reads them several times.
//!
//! The engine computes a CTE anew wherever it is read: `let logins = … | summarize …`, read three times, scans three
//! times. Here such a stage becomes a table, whose rows are computed by the first who reads them and kept for the others.
//! That is done for the rows of an aggregation only: they are few, mostly. And not where a reader filters by a group key: such
//! a filter, moved below the aggregation, may leave most of the files unread.

use datafusion::sql::sqlparser::ast::{
    Expr, GroupByExpr, Ident, ObjectName, Query, Select, SelectItem, SetExpr, TableFactor, Visit, Visitor,
    With, visit_expressions,
};
use std::ops::ControlFlow;

/// Takes the stages that are to be computed once out of the query: their names, under which it and the stages behind them
/// read their rows as a table, and the queries that give these.
pub(super) fn take_repeated(query: &mut Query) -> Vec<(String, Query)> {
    let Some(with) = query.with.take() else { return vec![] };
    let stages: Vec<Stage> = with.cte_tables.iter().fold(vec![], |mut stages, cte| {
        let stage = Stage::new(cte.alias.name.value.clone(), &cte.query, &stages);
        stages.push(stage);
        stages
    });
    // What is read by the query and by each stage; a stage reads those before it only.
    let mut all = Reads::of(query);
    for (i, stage) in stages.iter().enumerate() {
        all.extend(&stage.reads);
        // A table of the lake may have the name of a stage behind it.
        if stages[i..].iter().any(|later| stage.reads.names.contains(&later.name)) {
            query.with = Some(with);
            return vec![];
        }
    }
    let once = |stage: &Stage| {
        let reads: Vec<_> = all.filtered.iter().filter(|(name, _)| *name == stage.name).collect();
        stage.keys.as_ref().is_some_and(|keys| {
            reads.len() > 1
                && reads.len() == all.names.iter().filter(|name| **name == stage.name).count()
                && !reads.iter().any(|(_, by)| by.iter().any(|column| keys.contains(column)))
        })
    };
    let chosen: Vec<bool> = stages.iter().map(once).collect();
    let mut taken = Vec::new();
    for (i, cte) in with.cte_tables.iter().enumerate().filter(|(i, _)| chosen[*i]) {
        // With those before it that it needs and that are no tables.
        let mut needed = vec![false; i];
        for at in (0..i).rev() {
            let name = &stages[at].name;
            let read_by = |j: usize| stages[j].reads.names.contains(name);
            needed[at] = !chosen[at] && (read_by(i) || (at + 1..i).any(|j| needed[j] && read_by(j)));
        }
        let before = with.cte_tables[..i].iter().zip(&needed).filter(|(_, needed)| **needed);
        let mut sql = (*cte.query).clone();
        sql.with = part(&with, before.map(|(cte, _)| cte.clone()).collect());
        taken.push((stages[i].name.clone(), sql));
    }
    let rest = with.cte_tables.iter().zip(&chosen).filter(|(_, chosen)| !**chosen);
    query.with = part(&with, rest.map(|(cte, _)| cte.clone()).collect());
    taken
}

/// The same clause with other stages.
fn part(with: &With, stages: Vec<datafusion::sql::sqlparser::ast::Cte>) -> Option<With> {
    (!stages.is_empty()).then(|| With { cte_tables: stages, ..with.clone() })
}

struct Stage {
    name: String,
    /// Where its rows are those of an aggregation: which of its columns are the group keys.
    keys: Option<Vec<String>>,
    reads: Reads,
}

impl Stage {
    fn new(name: String, query: &Query, before: &[Stage]) -> Stage {
        let keys = match (&query.with, &*query.body) {
            (None, SetExpr::Select(select)) => keys(select, before),
            _ => None,
        };
        Stage { name, keys, reads: Reads::of(query) }
    }
}

/// The group keys among the columns of an aggregation, or of what is made of the rows of others.
fn keys(select: &Select, before: &[Stage]) -> Option<Vec<String>> {
    let mut below = Vec::new();
    let grouped = match &select.group_by {
        GroupByExpr::Expressions(by, _) if !by.is_empty() => by.as_slice(),
        GroupByExpr::All(_) => return None,
        GroupByExpr::Expressions(..) => {
            let sources = sources(select);
            if sources.is_empty() {
                return None;
            }
            for source in sources {
                let name = single(source?)?;
                below.extend_from_slice(before.iter().find(|stage| stage.name == name)?.keys.as_ref()?);
            }
            &[]
        }
    };
    let is_key = |e: &Expr| grouped.contains(e) || column(e).is_some_and(|name| below.contains(&name.value));
    let of_item = |item: &SelectItem| match item {
        SelectItem::ExprWithAlias { expr, alias } => is_key(expr).then(|| alias.value.clone()),
        SelectItem::UnnamedExpr(e) => is_key(e).then(|| column(e).map(|name| name.value.clone()))?,
        _ => None,
    };
    Some(select.projection.iter().filter_map(of_item).collect())
}

/// The name of a column.
fn column(e: &Expr) -> Option<&Ident> {
    match e {
        Expr::Identifier(name) => Some(name),
        Expr::CompoundIdentifier(parts) => parts.last(),
        _ => None,
    }
}

/// The tables in FROM; `None` for what is no table.
fn sources(select: &Select) -> Vec<Option<&ObjectName>> {
    let all = select.from.iter();
    let all =
        all.flat_map(|from| std::iter::once(&from.relation).chain(from.joins.iter().map(|j| &j.relation)));
    all.map(|source| match source {
        TableFactor::Table { name, args: None, .. } => Some(name),
        _ => None,
    })
    .collect()
}

/// A name of one part.
fn single(name: &ObjectName) -> Option<&str> {
    match name.0.as_slice() {
        [part] => part.as_ident().map(|ident| ident.value.as_str()),
        _ => None,
    }
}

/// The tables that a query reads.
#[derive(Default)]
struct Reads {
    /// Each by its name, as often as it is read.
    names: Vec<String>,
    /// Those that stand in a FROM, with the columns in the WHERE beside it.
    filtered: Vec<(String, Vec<String>)>,
}

impl Reads {
    fn of(query: &Query) -> Reads {
        let mut reads = Reads::default();
        let _ = query.visit(&mut reads);
        reads
    }

    fn extend(&mut self, other: &Reads) {
        self.names.extend_from_slice(&other.names);
        self.filtered.extend_from_slice(&other.filtered);
    }
}

impl Visitor for Reads {
    type Break = ();

    fn pre_visit_relation(&mut self, relation: &ObjectName) -> ControlFlow<()> {
        self.names.extend(single(relation).map(str::to_owned));
        ControlFlow::Continue(())
    }

    fn pre_visit_select(&mut self, select: &Select) -> ControlFlow<()> {
        let mut columns = Vec::new();
        let _ = visit_expressions(&select.selection, |e| {
            columns.extend(column(e).map(|name| name.value.clone()));
            ControlFlow::<()>::Continue(())
        });
        for name in sources(select).into_iter().flatten().filter_map(single) {
            self.filtered.push((name.to_owned(), columns.clone()));
        }
        ControlFlow::Continue(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use datafusion::sql::sqlparser::ast::Statement;
    use datafusion::sql::sqlparser::dialect::GenericDialect;
    use datafusion::sql::sqlparser::parser::Parser;

    fn taken(sql: &str) -> (Vec<String>, String) {
        let mut parsed = Parser::parse_sql(&GenericDialect {}, sql).unwrap();
        let Some(Statement::Query(mut query)) = parsed.pop() else { panic!("no query") };
        let taken = take_repeated(&mut query);
        (taken.into_iter().map(|(name, sql)| format!("{name}: {sql}")).collect(), query.to_string())
    }

    #[test]
    fn an_aggregation_that_is_read_twice_is_taken_out() {
        let (taken, rest) = taken(
            "WITH s AS (SELECT a, b FROM t), g AS (SELECT a AS k, COUNT(*) AS n FROM s GROUP BY a), \
             h AS (SELECT k, n + 1 AS m FROM g) SELECT k FROM h WHERE m > (SELECT MAX(m) FROM h)",
        );
        assert_eq!(
            taken,
            ["h: WITH s AS (SELECT a, b FROM t), g AS (SELECT a AS k, COUNT(*) AS n FROM s GROUP BY a) \
              SELECT k, n + 1 AS m FROM g"]
        );
        assert!(rest.ends_with("SELECT k FROM h WHERE m > (SELECT MAX(m) FROM h)"));
    }

    #[test]
    fn what_is_read_once_or_filtered_by_a_key_or_no_aggregation_stays() {
        for rest in [
            "SELECT k FROM g",
            "SELECT k FROM g WHERE n > (SELECT MAX(n) FROM g) AND k = 1",
            "SELECT x.k FROM g AS x JOIN g AS y ON x.k = y.k WHERE x.k > 3",
        ] {
            let sql = format!("WITH g AS (SELECT a AS k, COUNT(*) AS n FROM t GROUP BY a) {rest}");
            assert_eq!(taken(&sql), (vec![], sql));
        }
        for sql in [
            "WITH s AS (SELECT a FROM t) SELECT a FROM s UNION ALL SELECT a FROM s",
            "WITH t AS (SELECT a FROM t GROUP BY a) SELECT a FROM t UNION ALL SELECT a FROM t",
            "SELECT 1",
        ] {
            assert_eq!(taken(sql), (vec![], sql.to_owned()));
        }
    }

    #[test]
    fn of_two_stages_the_second_reads_the_first_as_a_table() {
        let (taken, rest) = taken(
            "WITH g AS (SELECT a, COUNT(*) AS n FROM t GROUP BY a), h AS (SELECT n, COUNT(*) AS m FROM g GROUP BY n) \
             SELECT m FROM h UNION ALL SELECT n FROM g UNION ALL SELECT n FROM h",
        );
        assert_eq!(
            taken,
            ["g: SELECT a, COUNT(*) AS n FROM t GROUP BY a", "h: SELECT n, COUNT(*) AS m FROM g GROUP BY n"]
        );
        assert_eq!(rest, "SELECT m FROM h UNION ALL SELECT n FROM g UNION ALL SELECT n FROM h");
    }
}

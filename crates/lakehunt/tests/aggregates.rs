//! The aggregates as SQL calls them: several partitions and many small batches, so that partial results merge.

use datafusion::arrow::array::{ArrayRef, AsArray, RecordBatch};
use datafusion::arrow::datatypes::{DataType, Field, Float64Type, Int64Type, Schema, SchemaRef, TimeUnit};
use datafusion::arrow::util::pretty::pretty_format_batches;
use datafusion::datasource::MemTable;
use datafusion::prelude::{SessionConfig, SessionContext};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Row `i` of table `t`: 30 groups, values with gaps, texts that repeat.
struct Row {
    group: i64,
    number: Option<i64>,
    real: Option<f64>,
    text: Option<String>,
}

fn row(i: i64) -> Row {
    let number = (i * 7919) % 1009;
    Row {
        group: i % 30,
        number: (i % 11 != 0).then_some(number),
        real: (i % 13 != 0).then_some(number as f64 / 4.0),
        text: (i % 17 != 0).then(|| format!("text \"{}\"", number % 40)),
    }
}

const ROWS: i64 = 5_000;

async fn context(partitions: usize, batch_size: usize) -> SessionContext {
    let config = SessionConfig::new().with_target_partitions(4).with_batch_size(batch_size);
    let context = SessionContext::new_with_config(config);
    lakehunt::functions::register_all(&context);
    let schema: SchemaRef = Arc::new(Schema::new(vec![
        Field::new("i", DataType::Int64, false),
        Field::new("g", DataType::Int64, false),
        Field::new("n", DataType::Int64, true),
        Field::new("r", DataType::Float64, true),
        Field::new("s", DataType::Utf8View, true),
        Field::new("t", DataType::Timestamp(TimeUnit::Nanosecond, None), true),
    ]));
    let part = |p: usize| -> Vec<RecordBatch> {
        let all: Vec<i64> = (0..ROWS).filter(|i| *i as usize % partitions == p).collect();
        all.chunks(100)
            .map(|ids| {
                use datafusion::arrow::array::*;
                let rows: Vec<_> = ids.iter().map(|&i| row(i)).collect();
                let columns: Vec<ArrayRef> = vec![
                    Arc::new(Int64Array::from(ids.to_vec())),
                    Arc::new(rows.iter().map(|r| Some(r.group)).collect::<Int64Array>()),
                    Arc::new(rows.iter().map(|r| r.number).collect::<Int64Array>()),
                    Arc::new(rows.iter().map(|r| r.real).collect::<Float64Array>()),
                    Arc::new(rows.iter().map(|r| r.text.as_deref()).collect::<StringViewArray>()),
                    Arc::new(
                        ids.iter().map(|i| Some(i * 1_000_000_000)).collect::<TimestampNanosecondArray>(),
                    ),
                ];
                RecordBatch::try_new(schema.clone(), columns).unwrap()
            })
            .collect()
    };
    let table = MemTable::try_new(schema.clone(), (0..partitions).map(part).collect()).unwrap();
    context.register_table("t", Arc::new(table)).unwrap();
    context
}

/// The contexts to run in: all in one partition, or spread.
async fn contexts() -> Vec<SessionContext> {
    vec![context(1, 8192).await, context(3, 8192).await, context(4, 64).await]
}

async fn run(context: &SessionContext, sql: &str) -> RecordBatch {
    let data = context.sql(sql).await.unwrap_or_else(|e| panic!("{sql}: {e}"));
    let schema = data.schema().inner().clone();
    let batches = data.collect().await.unwrap_or_else(|e| panic!("{sql}: {e}"));
    datafusion::arrow::compute::concat_batches(&schema, &batches).unwrap()
}

/// Column `index` as a map from the group in column 0.
fn by_group<T>(batch: &RecordBatch, index: usize, value: impl Fn(&ArrayRef, usize) -> T) -> BTreeMap<i64, T> {
    let groups = batch.column(0).as_primitive::<Int64Type>();
    (0..batch.num_rows()).map(|row| (groups.value(row), value(batch.column(index), row))).collect()
}

fn json(column: &ArrayRef, row: usize) -> serde_json::Value {
    serde_json::from_str(column.as_string_view().value(row)).unwrap()
}

fn expected<T>(of: impl Fn(&[(i64, Row)]) -> T) -> BTreeMap<i64, T> {
    let mut groups: BTreeMap<i64, Vec<(i64, Row)>> = BTreeMap::new();
    for i in 0..ROWS {
        groups.entry(row(i).group).or_default().push((i, row(i)));
    }
    groups.into_iter().map(|(g, rows)| (g, of(&rows))).collect()
}

/// Rendered as a table, for small results.
async fn show(sql: &str) -> String {
    let context = context(1, 8192).await;
    pretty_format_batches(&[run(&context, sql).await]).unwrap().to_string()
}

async fn one(sql: &str) -> String {
    let context = context(1, 8192).await;
    let batch = run(&context, sql).await;
    assert_eq!(batch.num_rows(), 1, "{sql}");
    let values: Vec<_> = batch
        .columns()
        .iter()
        .map(|c| {
            let value = datafusion::arrow::util::display::array_value_to_string(c, 0).unwrap();
            if c.is_null(0) { "null".to_owned() } else { value }
        })
        .collect();
    values.join(" ")
}

#[tokio::test]
async fn lists_hold_the_values_that_are_not_null() {
    for context in contexts().await {
        let batch =
            run(&context, "SELECT g, kql_make_list(n), kql_make_list_with_nulls(r) FROM t GROUP BY g").await;
        let sorted = |column: &ArrayRef, row: usize| {
            let mut values: Vec<_> =
                json(column, row).as_array().unwrap().iter().map(|v| v.as_f64()).collect();
            values.sort_by(|a, b| a.partial_cmp(b).unwrap());
            values
        };
        let sort = |mut values: Vec<Option<f64>>| {
            values.sort_by(|a, b| a.partial_cmp(b).unwrap());
            values
        };
        assert_eq!(
            by_group(&batch, 1, sorted),
            expected(|rows| sort(
                rows.iter().filter(|r| r.1.number.is_some()).map(|r| r.1.number.map(|n| n as f64)).collect()
            ))
        );
        assert_eq!(
            by_group(&batch, 2, sorted),
            expected(|rows| sort(rows.iter().map(|r| r.1.real).collect()))
        );
    }
}

#[tokio::test]
async fn an_order_within_the_call_is_kept_and_leaves_its_neighbours_alone() {
    for context in contexts().await {
        let sql = "SELECT g, kql_make_list(i ORDER BY n DESC NULLS LAST, i), kql_make_list(i ORDER BY i), \
                   COUNT(*), kql_make_set(n % 10, 3 ORDER BY i DESC), kql_make_list(s, 4 ORDER BY i), \
                   kql_dcount(s), kql_make_list(i ORDER BY r NULLS FIRST, i DESC) FILTER (WHERE i % 2 = 0) \
                   FROM t GROUP BY g";
        let batch = run(&context, sql).await;
        type Order<'a> = &'a dyn Fn(&(i64, Row), &(i64, Row)) -> std::cmp::Ordering;
        let ids = |mut rows: Vec<&(i64, Row)>, order: Order| {
            rows.sort_by(|a, b| order(a, b));
            serde_json::json!(rows.iter().map(|r| r.0).collect::<Vec<_>>())
        };
        assert_eq!(
            by_group(&batch, 1, json),
            expected(|rows| ids(rows.iter().collect(), &|a, b| b
                .1
                .number
                .cmp(&a.1.number)
                .then(a.0.cmp(&b.0))))
        );
        assert_eq!(
            by_group(&batch, 2, json),
            expected(|rows| ids(rows.iter().collect(), &|a, b| a.0.cmp(&b.0)))
        );
        assert_eq!(
            by_group(&batch, 4, json),
            expected(|rows| {
                let mut set = vec![];
                for n in rows.iter().rev().filter_map(|r| r.1.number) {
                    if set.len() < 3 && !set.contains(&(n % 10)) {
                        set.push(n % 10);
                    }
                }
                serde_json::json!(set)
            })
        );
        assert_eq!(
            by_group(&batch, 5, json),
            expected(|rows| serde_json::json!(
                rows.iter().take(4).map(|r| r.1.text.clone().unwrap_or_default()).collect::<Vec<_>>()
            ))
        );
        assert_eq!(
            by_group(&batch, 7, json),
            expected(|rows| ids(rows.iter().filter(|r| r.0 % 2 == 0).collect(), &|a, b| {
                a.1.real.partial_cmp(&b.1.real).unwrap().then(b.0.cmp(&a.0))
            }))
        );
    }
}

#[tokio::test]
async fn sets_and_distinct_counts() {
    for context in contexts().await {
        let sql = "SELECT g, kql_make_set(s), kql_dcount(s), kql_dcount(n), \
                   kql_dcount(n, 4) FILTER (WHERE n > 500) FROM t GROUP BY g";
        let batch = run(&context, sql).await;
        let set = |column: &ArrayRef, row: usize| {
            let all = json(column, row);
            let set: BTreeSet<_> =
                all.as_array().unwrap().iter().map(|v| v.as_str().unwrap().to_owned()).collect();
            assert_eq!(set.len(), all.as_array().unwrap().len(), "{all}");
            set
        };
        let texts = |rows: &[(i64, Row)]| -> BTreeSet<String> {
            rows.iter().map(|r| r.1.text.clone().unwrap_or_default()).collect()
        };
        let count = |column: &ArrayRef, row: usize| column.as_primitive::<Int64Type>().value(row);
        assert_eq!(by_group(&batch, 1, set), expected(texts));
        assert_eq!(by_group(&batch, 2, count), expected(|rows| texts(rows).len() as i64));
        let numbers = |rows: &[(i64, Row)], least: i64| {
            rows.iter().filter_map(|r| r.1.number).filter(|&n| n > least).collect::<BTreeSet<_>>().len()
                as i64
        };
        assert_eq!(by_group(&batch, 3, count), expected(|rows| numbers(rows, -1)));
        assert_eq!(by_group(&batch, 4, count), expected(|rows| numbers(rows, 500)));
    }
}

#[tokio::test]
async fn beyond_the_exact_limit_distinct_counts_are_estimates() {
    let context = context(1, 8192).await;
    let sql = "SELECT kql_dcount(v, 0), kql_dcount(v) FROM (SELECT value % 90000 AS v FROM range(0, 200000))";
    let batch = run(&context, sql).await;
    let counts: Vec<_> =
        batch.columns().iter().map(|c| c.as_primitive::<Int64Type>().value(0) as f64).collect();
    // Four deviations of 1.6 % and 0.8 %.
    assert!((counts[0] / 90_000.0 - 1.0).abs() < 0.064, "{counts:?}");
    assert!((counts[1] / 90_000.0 - 1.0).abs() < 0.032, "{counts:?}");
    let sql = "SELECT kql_dcount(v) FROM (SELECT value % 65000 AS v FROM range(0, 200000))";
    assert_eq!(run(&context, sql).await.column(0).as_primitive::<Int64Type>().value(0), 65_000);
}

#[tokio::test]
async fn the_row_of_the_greatest_and_the_smallest_key() {
    for context in contexts().await {
        let sql = "SELECT g, get_field(kql_arg_max(n * 10000 + i, s, i), 'f2'), \
                   get_field(kql_arg_max(n * 10000 + i, s, i), 'f1'), get_field(kql_arg_min(t, i, t), 'f1'), \
                   get_field(kql_arg_max(s, i), 'f0') FROM t GROUP BY g";
        let batch = run(&context, sql).await;
        let best = |rows: &[(i64, Row)]| -> (i64, String) {
            let best =
                rows.iter().filter(|r| r.1.number.is_some()).max_by_key(|r| (r.1.number, r.0)).unwrap();
            (best.0, best.1.text.clone().unwrap_or_default())
        };
        let long = |column: &ArrayRef, row: usize| column.as_primitive::<Int64Type>().value(row);
        let text = |column: &ArrayRef, row: usize| match column.is_null(row) {
            true => String::new(),
            false => column.as_string_view().value(row).to_owned(),
        };
        assert_eq!(by_group(&batch, 1, long), expected(|rows| best(rows).0));
        assert_eq!(by_group(&batch, 2, text), expected(|rows| best(rows).1));
        assert_eq!(by_group(&batch, 3, long), expected(|rows| rows[0].0));
        assert_eq!(
            by_group(&batch, 4, text),
            expected(|rows| rows.iter().filter_map(|r| r.1.text.clone()).max().unwrap())
        );
    }
}

#[tokio::test]
async fn percentiles_are_the_nearest_ranks() {
    for context in contexts().await {
        let sql = "SELECT g, kql_percentile(n, 90), get_field(kql_percentiles(r, 0, 50, 100), 'f1'), \
                   kql_percentilew(n, i % 3, 50) FROM t GROUP BY g";
        let batch = run(&context, sql).await;
        let sorted = |rows: &[(i64, Row)]| {
            let mut numbers: Vec<_> = rows.iter().filter_map(|r| r.1.number).collect();
            numbers.sort_unstable();
            numbers
        };
        let rank = |count: usize, percent: usize| (count * percent).div_ceil(100) - 1;
        let long = |column: &ArrayRef, row: usize| column.as_primitive::<Int64Type>().value(row);
        assert_eq!(
            by_group(&batch, 1, long),
            expected(|rows| {
                let numbers = sorted(rows);
                numbers[rank(numbers.len(), 90)]
            })
        );
        assert_eq!(
            by_group(&batch, 2, |c, row| c.as_primitive::<Float64Type>().value(row)),
            expected(|rows| {
                let mut reals: Vec<_> = rows.iter().filter_map(|r| r.1.real).collect();
                reals.sort_by(f64::total_cmp);
                reals[rank(reals.len(), 50)]
            })
        );
        assert_eq!(
            by_group(&batch, 3, |c, row| c.is_null(row).then_some(0).or_else(|| Some(long(c, row)))),
            expected(|rows| {
                let mut repeated: Vec<i64> = rows
                    .iter()
                    .flat_map(|r| std::iter::repeat_n(r.1.number, (r.0 % 3) as usize))
                    .flatten()
                    .collect();
                repeated.sort_unstable();
                Some(repeated.get(rank(repeated.len().max(1), 50)).copied().unwrap_or(0))
            })
        );
    }
}

#[tokio::test]
async fn nothing_gives_what_kusto_gives() {
    let sql = "SELECT kql_make_list(n), kql_make_set(s), kql_make_bag(s), kql_dcount(n), kql_min(r), \
               kql_percentile(n, 50), kql_avg_datetime(t), kql_avg_timespan(n), kql_make_list(n ORDER BY i), \
               get_field(kql_arg_max(n, s), 'f1'), get_field(kql_percentiles(n, 5, 10), 'f0') FROM t WHERE i < 0";
    assert_eq!(one(sql).await, "[] [] {} 0 null null null null [] null null");
}

#[tokio::test]
async fn dynamic_values() {
    let values = "(VALUES (1, '{\"a\":1}'), (2, '[2,[3],\"x,y\"]'), (3, NULL), (4, '[]'), (5, '2'), \
                  (6, '{\"a\":9,\"b\":\"}\"}')) AS v(i, d)";
    let list = format!(
        "SELECT kql_make_list_dynamic(d), kql_make_list_dynamic(d, 2), kql_make_set_dynamic(d) FROM {values}"
    );
    assert_eq!(
        one(&list).await,
        r#"[{"a":1},2,[3],"x,y",null,2,{"a":9,"b":"}"}] [{"a":1},2] [{"a":1},2,[3],"x,y",null,{"a":9,"b":"}"}]"#
    );
    let ordered = format!("SELECT kql_make_list_dynamic(d, 3 ORDER BY i DESC) FROM {values}");
    assert_eq!(one(&ordered).await, r#"[{"a":9,"b":"}"},2,null]"#);
    let bag = format!("SELECT kql_make_bag(d), kql_make_bag(d, 1) FROM {values}");
    assert_eq!(one(&bag).await, r#"{"a":1,"b":"}"} {"a":1}"#);
}

#[tokio::test]
async fn averages_of_times_and_extremes_of_reals() {
    let sql = "SELECT kql_avg_datetime(x), kql_avg_timespan(y), kql_max(z), kql_min(w) FROM (VALUES \
               (TIMESTAMP '2024-01-01T00:00:00', 3, 1.0, '-Infinity'::double), \
               (TIMESTAMP '2024-01-02T00:00:00', 4, 'NaN'::double, 5.0), (NULL, NULL, 2.0, NULL)) AS v(x, y, z, w)";
    assert_eq!(one(sql).await, "2024-01-01T12:00:00 3 NaN -inf");
}

#[tokio::test]
async fn as_windows() {
    let sql = "SELECT g, i, kql_dcount(n) OVER (PARTITION BY g) AS d, kql_make_set(n % 2) OVER (PARTITION BY g) AS s, \
               get_field(kql_arg_max(i, i) OVER (PARTITION BY g), 'f1') AS m FROM (SELECT * FROM t WHERE i < 90) ORDER BY i LIMIT 2";
    let table = show(sql).await;
    // Group 0: 0, 30, 60 of which 0 is null; group 1: 1, 31, 61.
    let n = |i: i64| row(i).number;
    let count = |ids: [i64; 3]| ids.iter().filter_map(|&i| n(i)).collect::<BTreeSet<_>>().len();
    let rows: Vec<&str> = table.lines().skip(3).take(2).collect();
    for (line, ids) in rows.iter().zip([[0, 30, 60], [1, 31, 61]]) {
        let cells: Vec<_> = line.split('|').map(str::trim).collect();
        assert_eq!(cells[3], count(ids).to_string(), "{table}");
        assert_eq!(cells[5], ids[2].to_string(), "{table}");
    }
    let running = "SELECT kql_make_list(i) OVER (ORDER BY i ROWS UNBOUNDED PRECEDING) AS l FROM t WHERE i < 3 ORDER BY i";
    let table = show(running).await;
    for cell in ["[0] ", "[0,1] ", "[0,1,2] "] {
        assert!(table.contains(cell), "{table}");
    }
}

#[tokio::test]
async fn little_memory_makes_partial_results_spill_and_merge() {
    use datafusion::execution::memory_pool::FairSpillPool;
    use datafusion::execution::runtime_env::RuntimeEnvBuilder;
    let runtime = RuntimeEnvBuilder::new()
        .with_memory_pool(Arc::new(FairSpillPool::new(24 << 20)))
        .build_arc()
        .unwrap();
    let config = SessionConfig::new().with_target_partitions(2);
    let context = SessionContext::new_with_config_rt(config, runtime);
    lakehunt::functions::register_all(&context);
    let sql = "SELECT COUNT(*), SUM(d), SUM(CASE WHEN m = l THEN 1 ELSE 0 END) FROM ( \
               SELECT k, kql_dcount(v) AS d, get_field(kql_arg_max(v, v), 'f1') AS m, MAX(v) AS l, kql_make_list(v) AS x \
               FROM (SELECT value % 150000 AS k, value AS v FROM range(0, 600000)) GROUP BY k)";
    let batch = run(&context, sql).await;
    let long = |i: usize| batch.column(i).as_primitive::<Int64Type>().value(0);
    assert_eq!([long(0), long(1), long(2)], [150_000, 600_000, 150_000]);
}

//! Queries from end to end, on Parquet files of many physical forms.

mod plans;
mod times;

use super::*;
use datafusion::arrow::array::{
    ArrayRef, AsArray, DictionaryArray, Int32Array, Int64Array, LargeStringArray, RecordBatch, StringArray,
    StructArray, TimestampMicrosecondArray,
};
use datafusion::arrow::compute::cast;
use datafusion::arrow::datatypes::{
    DataType, Field, Int32Type, Int64Type, TimeUnit, TimestampNanosecondType,
};
use datafusion::parquet::arrow::ArrowWriter;
use datafusion::parquet::file::properties::{EnabledStatistics, WriterProperties};
use std::fs::File;
use std::time::Instant;
use tempfile::TempDir;

/// 2024-05-01T00:00:00Z in microseconds since 1970.
const DAY: i64 = 1_714_521_600_000_000;
const HOUR: i64 = 3_600_000_000;

fn write(path: &Path, columns: Vec<(&str, ArrayRef)>) {
    write_as(path, columns, WriterProperties::builder().set_max_row_group_row_count(Some(100)).build());
}

fn write_as(path: &Path, columns: Vec<(&str, ArrayRef)>, properties: WriterProperties) {
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    let batch = RecordBatch::try_from_iter(columns).unwrap();
    let mut writer =
        ArrowWriter::try_new(File::create(path).unwrap(), batch.schema(), Some(properties)).unwrap();
    writer.write(&batch).unwrap();
    writer.close().unwrap();
}

fn session() -> Session {
    Session::builder().threads(2).build().unwrap()
}

fn run(session: &Session, kql: &str) -> Result<Vec<RecordBatch>, Error> {
    let results = session.query_blocking(kql, &QueryOptions::default())?;
    results.tables.into_iter().next().unwrap().collect_blocking()
}

/// The values of the only column of a result of longs.
fn longs(session: &Session, kql: &str) -> Vec<Option<i64>> {
    let batches = run(session, kql).unwrap_or_else(|e| panic!("{kql}: {e:?}"));
    batches.iter().flat_map(|b| b.column(0).as_primitive::<Int64Type>().iter().collect::<Vec<_>>()).collect()
}

fn one(session: &Session, kql: &str) -> i64 {
    match longs(session, kql)[..] {
        [Some(value)] => value,
        ref other => panic!("{kql}: {other:?}"),
    }
}

fn texts(session: &Session, kql: &str) -> Vec<String> {
    let batches = run(session, kql).unwrap_or_else(|e| panic!("{kql}: {e:?}"));
    let column = |b: &RecordBatch| {
        b.column(0).as_string_view().iter().map(|t| t.unwrap_or("").to_owned()).collect::<Vec<_>>()
    };
    batches.iter().flat_map(column).collect()
}

fn times(session: &Session, kql: &str) -> Vec<Option<i64>> {
    let batches = run(session, kql).unwrap_or_else(|e| panic!("{kql}: {e:?}"));
    let column =
        |b: &RecordBatch| b.column(0).as_primitive::<TimestampNanosecondType>().iter().collect::<Vec<_>>();
    batches.iter().flat_map(column).collect()
}

/// How many row groups the scan reads: those that planning leaves to it, less those that it skips itself.
fn row_groups_read(session: &Session, kql: &str) -> usize {
    let plan = session.explain_blocking(kql, true, &QueryOptions::default()).unwrap().to_string();
    let after =
        plan.split("row_groups_pruned_statistics=").nth(1).unwrap_or_else(|| panic!("no scan in {plan}"));
    let numbers = after.split(',').next().unwrap().split(|c: char| !c.is_ascii_digit());
    // "10 total → 3 matched"
    numbers.filter_map(|n| n.parse().ok()).nth(1).unwrap()
}

/// A thousand events, one an hour from `DAY` on, every tenth a "Login", sorted by time, in ten row groups; the times as
/// `unit` and `zone`, the strings as `text`.
fn events(path: &Path, unit: TimeUnit, zone: Option<&str>, text: &DataType) {
    let micros: ArrayRef =
        Arc::new(TimestampMicrosecondArray::from_iter_values((0..1000).map(|i| DAY + i * HOUR)));
    let labelled: ArrayRef = match zone {
        Some(zone) => Arc::new(
            micros
                .as_primitive::<datafusion::arrow::datatypes::TimestampMicrosecondType>()
                .clone()
                .with_timezone(zone),
        ),
        None => micros,
    };
    let times = cast(&labelled, &DataType::Timestamp(unit, zone.map(Into::into))).unwrap();
    let actions: ArrayRef = Arc::new(StringArray::from_iter_values(
        (0..1000).map(|i| if i % 10 == 0 { "Login" } else { "Read" }),
    ));
    write(path, vec![("Timestamp", times), ("ActionType", cast(&actions, text).unwrap())]);
}

#[test]
fn every_physical_form_gives_the_same_rows_and_prunes() {
    let dictionary = DataType::Dictionary(Box::new(DataType::Int32), Box::new(DataType::Utf8));
    let units = [TimeUnit::Millisecond, TimeUnit::Microsecond, TimeUnit::Nanosecond];
    let session = session();
    let dir = TempDir::new().unwrap();
    let texts = [DataType::Utf8, DataType::LargeUtf8, DataType::Utf8View, dictionary];
    for (n, (unit, text)) in units.into_iter().flat_map(|u| texts.iter().map(move |t| (u, t))).enumerate() {
        for zone in [None, Some("UTC"), Some("+02:00")] {
            let form = format!("{unit:?} {zone:?} {text}");
            let path = dir.path().join(format!("{n}-{}.parquet", zone.is_some()));
            events(&path, unit, zone, text);
            session.register_table("Events", &path).unwrap();
            let recent = "Events | where Timestamp >= datetime(2024-06-01) and ActionType == 'Login'";
            // 744 hours later, 256 rows remain, from the 744th on: 750, 760 … 990 are logins.
            assert_eq!(one(&session, &format!("{recent} | count")), 25, "{form}");
            assert_eq!(
                times(&session, &format!("{recent} | summarize min(Timestamp)")),
                [Some((DAY + 750 * HOUR) * 1000)]
            );
            assert_eq!(row_groups_read(&session, &format!("{recent} | count")), 3, "{form}");
        }
    }
}

#[test]
fn documented_types_go_before_those_of_the_file() {
    let dir = TempDir::new().unwrap();
    write(
        &dir.path().join("CloudAppEvents/1.parquet"),
        vec![
            ("RawEventData", Arc::new(StringArray::from(vec![r#"{"a": {"b": "x"}}"#, "not json"]))),
            ("IsAdminOperation", Arc::new(Int32Array::from(vec![Some(1), Some(0)]))),
            ("Extra", Arc::new(Int64Array::from(vec![7, 8]))),
        ],
    );
    let session = session();
    assert_eq!(session.register_lake(dir.path()).unwrap(), ["CloudAppEvents"]);
    let types: Vec<_> =
        session.table("CloudAppEvents").unwrap().unwrap().columns.iter().map(|c| c.ty).collect();
    assert_eq!(types, [kql2sql::Type::Dynamic, kql2sql::Type::Bool, kql2sql::Type::Long]);
    assert_eq!(
        texts(&session, "CloudAppEvents | project RawEventData"),
        [r#"{"a":{"b":"x"}}"#, "\"not json\""]
    );
    assert_eq!(longs(&session, "CloudAppEvents | where IsAdminOperation == true | project Extra"), [Some(7)]);

    let schema = dir.path().join("schema.json");
    std::fs::write(&schema, r#"{"CloudAppEvents": {"Extra": "string"}}"#).unwrap();
    session.register_schema(&schema).unwrap();
    assert_eq!(texts(&session, "CloudAppEvents | project Extra"), ["7", "8"]);
    std::fs::write(&schema, r#"{"CloudAppEvents": {"Extra": "text"}}"#).unwrap();
    let error = session.register_schema(&schema).unwrap_err().to_string();
    assert!(error.contains("CloudAppEvents.Extra") && error.contains("'text'"), "{error}");
}

#[test]
fn nested_columns_are_dynamic_and_can_be_filtered() {
    let dir = TempDir::new().unwrap();
    let path = dir.path().join("T.parquet");
    let fields: Vec<(Arc<Field>, ArrayRef)> =
        vec![(Arc::new(Field::new("k", DataType::Int64, true)), Arc::new(Int64Array::from(vec![1, 2])))];
    write(
        &path,
        vec![("Id", Arc::new(Int64Array::from(vec![1, 2]))), ("Data", Arc::new(StructArray::from(fields)))],
    );
    let session = session();
    session.register_table("T", &path).unwrap();
    assert_eq!(texts(&session, "T | project Data"), [r#"{"k":1}"#, r#"{"k":2}"#]);
    assert_eq!(longs(&session, "T | where tostring(Data) == '{\"k\":2}' | project Id"), [Some(2)]);
}

#[test]
fn folders_are_columns_and_choose_the_files() {
    let dir = TempDir::new().unwrap();
    for (day, value) in [("2024-05-01", 1), ("2024-05-02", 2)] {
        let path = dir.path().join(format!("T/Day={day}/Region=EU%20West/x.parquet"));
        write(&path, vec![("Value", Arc::new(Int64Array::from(vec![value, value])))]);
    }
    let session = session();
    session.register_lake(dir.path()).unwrap();
    let columns = session.table("T").unwrap().unwrap().columns;
    let names: Vec<_> = columns.iter().map(|c| format!("{}:{}", c.name, c.ty)).collect();
    assert_eq!(names, ["Value:long", "Day:datetime", "Region:string"]);
    let query = "T | where Day == datetime(2024-05-02) and Region == 'EU West' | project Value";
    assert_eq!(longs(&session, query), [Some(2), Some(2)]);
    let plan = session.explain_blocking(query, false, &QueryOptions::default()).unwrap().to_string();
    assert!(plan.contains("Day=2024-05-02") && !plan.contains("Day=2024-05-01"), "{plan}");
}

#[test]
fn files_may_differ_in_columns_and_width() {
    let dir = TempDir::new().unwrap();
    write(&dir.path().join("T/1.parquet"), vec![("A", Arc::new(Int32Array::from(vec![1])) as ArrayRef)]);
    let second: Vec<(&str, ArrayRef)> = vec![
        ("B", Arc::new(LargeStringArray::from(vec!["b"]))),
        ("A", Arc::new(Int64Array::from(vec![1 << 40]))),
    ];
    write(&dir.path().join("T/2.parquet"), second);
    let session = session();
    session.register_lake(dir.path()).unwrap();
    assert_eq!(longs(&session, "T | project A | sort by A asc"), [Some(1), Some(1 << 40)]);
    assert_eq!(longs(&session, "T | where B == 'b' | project A"), [Some(1 << 40)]);
    assert_eq!(texts(&session, "T | where A == 1 | project B"), [""]);

    let keys = Int32Array::from(vec![0]);
    let text: DictionaryArray<Int32Type> = DictionaryArray::new(keys, Arc::new(StringArray::from(vec!["x"])));
    write(&dir.path().join("T/3.parquet"), vec![("A", Arc::new(text))]);
    let error = run(&session, "T").unwrap_err();
    assert!(error.is_data() && error.path().unwrap().ends_with("3.parquet"), "{error}");
    assert!(error.to_string().contains("'A' is string here but long"), "{error}");
}

#[test]
fn new_files_are_seen_by_the_next_query() {
    let dir = TempDir::new().unwrap();
    let rows = |n: usize| vec![("A", Arc::new(Int64Array::from(vec![1; n])) as ArrayRef)];
    write(&dir.path().join("T/1.parquet"), rows(1));
    let session = session();
    session.register_lake(dir.path()).unwrap();
    assert_eq!(one(&session, "T | count"), 1);
    write(&dir.path().join("T/2.parquet"), rows(2));
    assert_eq!(one(&session, "T | count"), 3);
    std::fs::remove_file(dir.path().join("T/1.parquet")).unwrap();
    assert_eq!(one(&session, "T | count"), 2);
}

#[test]
fn unusable_data_is_named() {
    let dir = TempDir::new().unwrap();
    let session = session();
    let good = dir.path().join("good.parquet");
    write(&good, vec![("A", Arc::new(Int64Array::from_iter_values(0..500)))]);
    let bytes = std::fs::read(&good).unwrap();

    let fails = |name: &str, content: &[u8], expected: &str| {
        let path = dir.path().join(name);
        std::fs::write(&path, content).unwrap();
        session.register_table("T", &path).unwrap();
        let error = run(&session, "T | where A > 0").unwrap_err();
        assert!(error.is_data(), "{name}: {error:?}");
        assert!(error.path().unwrap().ends_with(name), "{name}: {error}");
        assert!(error.to_string().contains(expected), "{name}: {error}");
    };
    fails("empty.parquet", b"", "0 bytes");
    fails("text.parquet", b"this is no Parquet file", "no Parquet file, or a damaged one");
    fails("cut.parquet", &bytes[..bytes.len() - 10], "no Parquet file, or a damaged one");
    // The footer is whole, the data is not.
    let mut broken = bytes.clone();
    broken[10..200].fill(0xff);
    fails("broken.parquet", &broken, "no Parquet file, or a damaged one");

    let missing = session.register_table("T", dir.path().join("nowhere")).unwrap_err();
    assert!(missing.to_string().contains("no such file or folder"));
    std::fs::create_dir(dir.path().join("bare")).unwrap();
    session.register_table("T", dir.path().join("bare")).unwrap();
    assert!(run(&session, "T").unwrap_err().to_string().contains("holds no Parquet file"));
    // The session goes on.
    session.register_table("T", &good).unwrap();
    assert_eq!(one(&session, "T | count"), 500);
}

#[test]
fn a_wrong_query_has_diagnostics() {
    let error = run(&session(), "Nowhere | where x").unwrap_err();
    assert!(error.is_query() && !error.diagnostics().is_empty(), "{error:?}");
}

/// A table whose cross joins give work for minutes.
fn slow(dir: &TempDir) -> Session {
    let path = dir.path().join("N.parquet");
    write(&path, vec![("A", Arc::new(Int64Array::from_iter_values(0..20_000)))]);
    let session = session();
    session.register_table("N", &path).unwrap();
    session
}

const SLOW: &str = "N | extend K = 1 | join kind=inner (N | extend K = 1 | project K, B = A) on K \
                    | join kind=inner (N | extend K = 1 | project K, C = A) on K | where A + B == C * 3 | count";

#[test]
fn a_query_ends_when_its_time_is_over() {
    let dir = TempDir::new().unwrap();
    let session = slow(&dir);
    let options = QueryOptions { timeout: Some(Duration::from_millis(200)), ..QueryOptions::default() };
    let start = Instant::now();
    let results = session.query_blocking(SLOW, &options).unwrap();
    let error = results.tables.into_iter().next().unwrap().collect_blocking().unwrap_err();
    assert!(error.is_timeout(), "{error:?}");
    // A join looks at the clock between batches only, which is long where the machine is busy.
    assert!(start.elapsed() < Duration::from_secs(60), "{:?}", start.elapsed());
    assert_eq!(one(&session, "N | count"), 20_000, "the session goes on");
}

#[test]
fn a_query_ends_when_it_is_cancelled() {
    let dir = TempDir::new().unwrap();
    let session = slow(&dir);
    let options = QueryOptions::default();
    let cancel = options.cancel.clone();
    let mut table = session.query_blocking(SLOW, &options).unwrap().tables.remove(0);
    let waiting = std::thread::spawn(move || table.next_batch_blocking());
    std::thread::sleep(Duration::from_millis(100));
    cancel.cancel();
    let ended = waiting.join().unwrap().unwrap();
    assert!(ended.unwrap_err().is_cancelled());
    assert!(cancel.is_cancelled());
}

#[test]
fn memory_has_a_limit() {
    let dir = TempDir::new().unwrap();
    let path = dir.path().join("N.parquet");
    write(&path, vec![("A", Arc::new(Int64Array::from_iter_values(0..300_000)))]);
    let session = Session::builder().threads(1).memory_limit(2 << 20).build().unwrap();
    session.register_table("N", &path).unwrap();
    // A hash join holds its smaller side and cannot spill.
    let error = run(&session, "N | join kind=inner (N | project A, B = A) on A | count").unwrap_err();
    assert!(error.is_resources(), "{error:?}");
    assert!(error.to_string().contains("2.0 MiB"), "{error}");
    // A sort can.
    let mut sorted =
        session.query_blocking("N | sort by A desc", &QueryOptions::default()).unwrap().tables.remove(0);
    let mut rows = 0;
    while let Some(batch) = sorted.next_batch_blocking() {
        rows += batch.unwrap().num_rows();
    }
    assert_eq!(rows, 300_000);
    let usage = sorted.usage();
    assert!((1..=2 << 20).contains(&usage.peak_memory), "{usage:?}");
}

#[test]
fn deep_queries_are_answered_or_refused() {
    let session = session();
    let nested = format!("print x = {}1{}", "(".repeat(500), ")".repeat(500));
    let sum = format!("print x = {}1", "1 + ".repeat(2_000));
    let stages = format!("range x from 1 to 1 step 1{}", " | extend x = x + 1".repeat(400));
    for query in [nested, sum, stages] {
        match run(&session, &query) {
            Ok(batches) => assert_eq!(batches.iter().map(RecordBatch::num_rows).sum::<usize>(), 1),
            Err(error) => assert!(error.is_query(), "{error:?}"),
        }
    }
}

#[test]
fn now_can_be_fixed() {
    let noon = UNIX_EPOCH + 12 * 3600 * SECOND + 7;
    let session = Session::builder().now(noon).build().unwrap();
    assert_eq!(times(&session, "print now()"), [Some(12 * 3_600_000_000_000 + 700)]);
    let options = QueryOptions { now: Some(UNIX_EPOCH), ..QueryOptions::default() };
    let batches =
        session.query_blocking("print now()", &options).unwrap().tables.remove(0).collect_blocking().unwrap();
    assert_eq!(batches[0].column(0).as_primitive::<TimestampNanosecondType>().value(0), 0);
}

#[test]
fn progress_and_usage_are_told() {
    let dir = TempDir::new().unwrap();
    let path = dir.path().join("T.parquet");
    events(&path, TimeUnit::Microsecond, None, &DataType::Utf8);
    let session = session();
    session.register_table("T", &path).unwrap();
    assert_eq!(session.table_size("T").unwrap(), Some(TableSize { files: 1, rows: 1000 }));
    let mut table = session
        .query_blocking("T | summarize count() by ActionType", &QueryOptions::default())
        .unwrap()
        .tables
        .remove(0);
    let progress = table.progress_handle();
    assert_eq!(
        (progress.get().files, progress.get().bytes_read),
        (1, 0),
        "nothing runs before it is asked for"
    );
    while let Some(batch) = table.next_batch_blocking() {
        batch.unwrap();
    }
    assert!(progress.get().bytes_read > 0 && progress.get().rows_read == 1000, "{:?}", progress.get());
    assert_eq!(table.usage(), table.usage(), "the clock stopped");
}

#[tokio::test]
async fn results_are_streams() {
    let session = session();
    let mut results = session.query("range x from 1 to 3 step 1", &QueryOptions::default()).await.unwrap();
    let batch = results.tables[0].next_batch().await.unwrap().unwrap();
    assert_eq!(batch.num_rows(), 3);
    assert!(results.tables[0].next_batch().await.is_none());
    drop(session);
}

#[test]
fn bytes_that_are_no_text_are_read_safely() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("b.parquet");
    // With and without nulls, with and without a filter: the engine has shorter ways for some of these.
    let (first, second): (&[u8], &[u8]) = (b"ab", b"\xff\x00c");
    for values in [vec![Some(first), Some(second)], vec![Some(first), Some(second), None]] {
        let bytes = datafusion::arrow::array::BinaryArray::from(values);
        write(&path, vec![("b", Arc::new(bytes) as ArrayRef)]);
        let session = Session::new().unwrap();
        session.register_table("T", &path).unwrap();
        for query in ["T | where b has 'c' or b == 'ab'", "T | take 2", "T | summarize by b | where b != ''"]
        {
            let mut found = texts(&session, query);
            found.sort();
            assert_eq!(found, ["ab", "\u{fffd}\0c"], "{query}");
        }
    }
}

#[test]
fn numbers_that_fit_into_no_whole_number_are_null_as_arguments() {
    let query = "print r = dynamic([2.0, 1e300, -1e300]) | mv-expand r to typeof(real) | extend r = iff(r < 0, real(nan), r) \
                 | where isempty(geo_point_to_geohash(10.0, 10.0, r)) | count";
    assert_eq!(one(&session(), query), 2);
}

#[test]
fn user_agents_are_read_by_the_patterns_that_were_named() {
    let folder = tempfile::tempdir().unwrap();
    let patterns = folder.path().join("patterns.yaml");
    let text = "user_agent_parsers:\n- regex: '(Walker)/(\\d+)'\nos_parsers: []\ndevice_parsers: []\n";
    std::fs::write(&patterns, text).unwrap();
    let named = Session::builder().threads(1).user_agents(patterns.clone()).build().unwrap();
    let agents = "datatable(ua:string)['x Walker/5', '']";
    assert_eq!(
        texts(
            &named,
            &format!("{agents} | project tostring(parse_user_agent(ua, 'browser').Browser.Family)")
        ),
        ["Walker", "Other"]
    );
    let both = r#"print tostring(parse_user_agent("Walker/5", dynamic(["os", "browser"])))"#;
    let browser = r#""Browser":{"Family":"Walker","MajorVersion":"5","MinorVersion":"","Patch":""}"#;
    let system = r#""OperatingSystem":{"Family":"Other","MajorVersion":"","MinorVersion":"","Patch":"","PatchMinor":""}"#;
    assert_eq!(texts(&named, both), [format!("{{{browser},{system}}}")]);
    // It is refused without patterns, and for what is not known when it is translated.
    for (session, kql) in [
        (&session(), both.to_owned()),
        (&named, format!("{agents} | extend parse_user_agent(ua, ua)")),
        (&named, "print parse_user_agent('x', 'engine')".to_owned()),
        (&named, "print parse_user_agent('x')".to_owned()),
    ] {
        match run(session, &kql) {
            Err(Error::Query { diagnostics, .. }) => assert_eq!(diagnostics[0].code, "LH001", "{kql}"),
            other => panic!("{kql}: {other:?}"),
        }
    }
    std::fs::write(&patterns, "rules: []").unwrap();
    assert!(Session::builder().user_agents(patterns).build().is_err_and(|e| e.is_data()));
}

#[test]
fn the_time_of_ingestion_is_that_of_the_column_that_was_named() {
    let folder = tempfile::tempdir().unwrap();
    let came = TimestampMicrosecondArray::from(vec![DAY, DAY + HOUR, DAY + 2 * HOUR]);
    write(
        &folder.path().join("Logs/a.parquet"),
        vec![("Came", Arc::new(came) as ArrayRef), ("N", Arc::new(Int64Array::from(vec![1, 2, 3])))],
    );
    let named = Session::builder().threads(1).ingestion_time("Came".to_owned()).build().unwrap();
    for session in [&named, &session()] {
        session.register_lake(folder.path()).unwrap();
    }
    // Of the rows, whatever columns are left of them.
    let late = "Logs | project N, Came = now() | where ingestion_time() > datetime(2024-05-01 00:30) | summarize sum(N)";
    assert_eq!(one(&named, late), 5);
    assert_eq!(one(&named, "Logs | summarize n = count() by bin(ingestion_time(), 1h) | count"), 3);
    assert_eq!(one(&named, "union Logs, (Logs | take 1) | where isnotnull(ingestion_time()) | count"), 4);
    assert_eq!(one(&named, "Logs | sort by Came asc | project N | evaluate narrow() | count"), 3);
    assert_eq!(texts(&named, "Logs | getschema | project ColumnName"), ["Came", "N"]);
    // After a summarize, and where nothing was named, there is none.
    for (session, kql) in [
        (&named, "Logs | summarize count() by N | where ingestion_time() > ago(1d)"),
        (&session(), "Logs | where ingestion_time() > ago(1d)"),
    ] {
        session.register_lake(folder.path()).unwrap();
        match run(session, kql) {
            Err(Error::Query { diagnostics, .. }) => assert_eq!(diagnostics[0].code, "LH001"),
            other => panic!("{kql}: {other:?}"),
        }
    }
}

#[test]
fn a_schema_that_cannot_be_merged_is_refused_by_what_is_in_it() {
    let query = "let a = datatable(x:long)[] | getschema; let b = datatable(x:string)[] | getschema;
        union a, b | evaluate schema_merge()";
    match run(&session(), query) {
        Err(Error::Query { diagnostics, .. }) => {
            assert_eq!(diagnostics[0].code, "LH001");
            assert!(diagnostics[0].message.contains("have in common"), "{}", diagnostics[0].message);
        }
        other => panic!("{other:?}"),
    }
}

//! Queries whose plans are ours: what they leave out must not show.

use super::*;

#[test]
fn top_finds_its_rows_wherever_they_are() {
    // Files from the oldest to the newest, in three units, whose ranges overlap; every hundredth time is null.
    let folder = tempfile::tempdir().unwrap();
    let units = [TimeUnit::Nanosecond, TimeUnit::Millisecond, TimeUnit::Microsecond];
    let mut known: Vec<i64> = Vec::new();
    for (file, unit) in (0..6_i64).zip(units.into_iter().cycle()) {
        let hour = |i: i64| (i % 100 != 7).then(|| DAY + (file * 300 + i) * HOUR);
        known.extend((0..400).filter_map(hour));
        let micros: ArrayRef = Arc::new(TimestampMicrosecondArray::from_iter((0..400).map(hour)));
        let wide =
            StringArray::from_iter_values((0..400).map(|i| format!("{file} {i} {}", "x".repeat(2000))));
        let times = cast(&micros, &DataType::Timestamp(unit, None)).unwrap();
        write(
            &folder.path().join(format!("Events/{file}.parquet")),
            vec![("Timestamp", times), ("Wide", Arc::new(wide) as ArrayRef)],
        );
    }
    known.sort_unstable();
    let nanos = |t: &i64| Some(t * 1000);
    let latest: Vec<_> = known.iter().rev().map(nanos).collect();
    let nulls = vec![None; 24];
    let earliest: Vec<_> = nulls.iter().copied().chain(known.iter().map(nanos)).collect();
    for threads in [1, 2, 5] {
        let session = Session::builder().threads(threads).build().unwrap();
        session.register_lake(folder.path()).unwrap();
        for n in [1, 10, 500] {
            // With the wide column, which is read as well.
            let top = |order: &str| {
                format!(
                    "Events | top {n} by Timestamp {order} | where strlen(Wide) > 2000 | project Timestamp"
                )
            };
            assert_eq!(times(&session, &top("desc")), latest[..n], "{threads} {n}");
            assert_eq!(times(&session, &top("asc")), earliest[..n], "{threads} {n}");
            let some =
                format!("Events | where Wide has '3' | top {n} by Timestamp | summarize max(Timestamp)");
            let all = "Events | where Wide has '3' | summarize max(Timestamp)";
            assert_eq!(times(&session, &some), times(&session, all));
        }
    }
}

#[test]
fn semi_and_anti_joins_count_each_row_once() {
    let folder = tempfile::tempdir().unwrap();
    // 0 … 49 a hundred times each, every seventh null; the other table has the even numbers, some of them twice.
    let number = |i: i64| (i % 7 != 3).then_some(i % 50);
    let column = |values: Vec<Option<i64>>| -> ArrayRef { Arc::new(Int64Array::from(values)) };
    let text = |values: &[Option<i64>]| -> ArrayRef {
        Arc::new(StringArray::from_iter(values.iter().map(|v| v.map(|v| format!("number {v}")))))
    };
    let many: Vec<_> = (0..5000).map(number).collect();
    let few: Vec<_> = (0..40).map(|i| (i % 9 != 4).then_some(i * 2 % 60)).collect();
    for (name, values) in [("Many", &many), ("Few", &few)] {
        let path = folder.path().join(format!("{name}/a.parquet"));
        write(&path, vec![("K", column(values.clone())), ("S", text(values))]);
    }
    let session = session();
    session.register_lake(folder.path()).unwrap();
    let partners = |of: &[Option<i64>], among: &[Option<i64>]| {
        i64::try_from(of.iter().filter(|k| among.contains(k)).count()).unwrap()
    };
    // Null keys are partners of each other, and so are empty strings.
    for on in ["K", "S", "K, S"] {
        let count = |kind: &str| one(&session, &format!("Many | join kind={kind} Few on {on} | count"));
        assert_eq!(count("leftsemi"), partners(&many, &few), "{on}");
        assert_eq!(count("leftanti"), 5000 - partners(&many, &few), "{on}");
        assert_eq!(count("rightsemi"), partners(&few, &many), "{on}");
        assert_eq!(count("rightanti"), 40 - partners(&few, &many), "{on}");
        let turned = format!("Few | join kind=leftanti Many on {on} | count");
        assert_eq!(one(&session, &turned), 40 - partners(&few, &many), "{on}");
    }
    let some = |of: &[Option<i64>]| of.iter().copied().filter(Option::is_some).collect::<Vec<_>>();
    let inside = "Many | where isnotempty(S) and S in ((Few | where isnotempty(S) | project S)) | count";
    assert_eq!(one(&session, inside), partners(&some(&many), &some(&few)));
    let plan =
        session.explain_blocking("Many | join kind=leftanti Few on S", false, &QueryOptions::default());
    assert!(plan.unwrap().to_string().contains("mode=Partial, gby=[CASE"));
}

#[test]
fn threads_share_the_rows_of_a_large_row_group() {
    let folder = tempfile::tempdir().unwrap();
    const ROWS: i64 = 100_000;
    let numbers = || (0..ROWS).map(|i| (i % 11 != 3).then_some(i));
    let text = |i: i64| format!("row {i} {}", "x".repeat((i % 90) as usize));
    let columns = || {
        vec![
            ("N", Arc::new(Int64Array::from_iter(numbers())) as ArrayRef),
            ("Text", Arc::new(StringArray::from_iter_values((0..ROWS).map(text))) as ArrayRef),
        ]
    };
    // One row group, with many pages and without a list of them.
    let paged = || WriterProperties::builder().set_write_batch_size(100).set_data_page_row_count_limit(1000);
    write_as(&folder.path().join("Paged/a.parquet"), columns(), paged().build());
    let hidden = paged().set_offset_index_disabled(true).set_statistics_enabled(EnabledStatistics::None);
    write_as(&folder.path().join("Hidden/a.parquet"), columns(), hidden.build());
    let some = |of: &dyn Fn(i64) -> bool| numbers().flatten().filter(|n| of(*n)).collect::<Vec<_>>();
    for threads in [1, 3] {
        let session = Session::builder().threads(threads).build().unwrap();
        session.register_lake(folder.path()).unwrap();
        for table in ["Paged", "Hidden"] {
            let is = |query: &str, value: i64| {
                assert_eq!(one(&session, &format!("{table} | {query}")), value, "{threads} {table} {query}");
            };
            is("count", ROWS);
            is("where isnull(N) | count", ROWS - some(&|_| true).len() as i64);
            is("summarize sum(N)", some(&|_| true).iter().sum());
            is("summarize dcount(Text, 4)", ROWS);
            is("summarize sum(strlen(Text))", (0..ROWS).map(|i| text(i).len() as i64).sum());
            // In the reader, before the texts are decoded, and above it.
            let thousands = some(&|n| n % 1000 == 77);
            is("where N % 1000 == 77 | where Text has 'row' | count", thousands.len() as i64);
            is("where N % 1000 == 77 | summarize sum(N)", thousands.iter().sum());
            is("where N > 99000 and Text endswith 'xx' | count", {
                some(&|n| n > 99_000 && n % 90 > 1).len() as i64
            });
            is("take 90000 | count", 90_000);
            is("top 5 by N | summarize min(N)", some(&|_| true)[some(&|_| true).len() - 5]);
            let plan = format!("{table} | where N > 5 | count");
            let plan = session.explain_blocking(&plan, false, &QueryOptions::default());
            let plan = plan.unwrap().plans.concat();
            assert_eq!(plan.matches("a.parquet").count(), threads, "{plan}");
        }
    }
}

#[test]
fn filters_on_columns_that_stages_build_up_do_not_grow_without_bound() {
    // Each stage names the column of the one before twice: put together, the last would be 2^40 copies of the first.
    let session = Session::builder().threads(2).build().unwrap();
    let stage = |i: i64| {
        format!("| extend Why = iff(n % {} == 0, array_concat(Why, pack_array({i})), Why)", i % 7 + 2)
    };
    let stages: String = (0..40).map(stage).collect();
    let head = "range n from 1 to 60 step 1 | extend Why = dynamic([])";
    let reasons = |n: i64| (0..40).filter(|i| n % (i % 7 + 2) == 0).count();
    let wanted = (1..=60).filter(|n| reasons(*n) > 20).count() as i64;
    assert!(wanted > 0);
    assert_eq!(one(&session, &format!("{head} {stages} | where array_length(Why) > 20 | count")), wanted);
    // In a subquery, above a union and a join, and where a group is made of it.
    let query = format!(
        "let T = {head} {stages} | where array_length(Why) > 20; range n from 1 to 60 step 1 | where n in ((T | project n)) | count"
    );
    assert_eq!(one(&session, &query), wanted);
    let query = format!(
        "let T = {head} {stages}; union T, T | join kind=inner T on n | where array_length(Why) > 20 | count"
    );
    assert_eq!(one(&session, &query), 2 * wanted);
    let query = format!(
        "{head} {stages} | summarize n = count() by Why = tostring(Why) | where array_length(todynamic(Why)) > 20 | summarize sum(n)"
    );
    assert_eq!(one(&session, &query), wanted);
    // What is small still goes to the table.
    let plan = "range n from 1 to 60 step 1 | extend m = n + 1 | extend k = m * 2 | where k > 20";
    let plan = session.explain_blocking(plan, false, &QueryOptions::default()).unwrap().to_string();
    assert!(!plan.contains("kql_in_place"), "{plan}");
}

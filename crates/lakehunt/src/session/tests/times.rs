//! Times in files: their units, and all of their years.

use super::*;
use datafusion::arrow::array::TimestampNanosecondArray;

#[test]
fn constants_between_two_values_of_the_file_compare_exactly() {
    let dir = TempDir::new().unwrap();
    let path = dir.path().join("T.parquet");
    write(&path, vec![("Timestamp", Arc::new(TimestampMicrosecondArray::from(vec![DAY, DAY + 1, DAY + 2])))]);
    let session = session();
    session.register_table("T", &path).unwrap();
    let count = |condition: &str| one(&session, &format!("T | where Timestamp {condition} | count"));
    let between = "datetime(2024-05-01T00:00:00.0000015)";
    assert_eq!(count(&format!("< {between}")), 2);
    assert_eq!(count(&format!("<= {between}")), 2);
    assert_eq!(count(&format!("> {between}")), 1);
    assert_eq!(count(&format!(">= {between}")), 1);
    assert_eq!(count(&format!("== {between}")), 0);
    assert_eq!(count(&format!("!= {between}")), 3);
    assert_eq!(count("== datetime(2024-05-01T00:00:00.000001)"), 1);
    assert_eq!(count(&format!("in ({between}, datetime(2024-05-01T00:00:00.000002))")), 1);
}

/// Files of microseconds, of nanoseconds and of texts; and one of microseconds beyond Kusto's years.
#[test]
fn dates_of_all_years_are_read() {
    let ticks = |text: &str| kql2sql::time::parse_datetime(text).unwrap();
    let near = ["1680-05-01", "1694-12-31T23:59:59.999999", "1695-01-01", "2024-05-01", "2200-07-01"];
    let far = ["0001-01-01", "1601-01-01", "9999-12-31", "9999-12-31T23:59:59.999999"];
    let all: Vec<&str> = near.iter().chain(&far).copied().collect();
    let since_epoch = |text: &&str| ticks(text) - kql2sql::time::UNIX_EPOCH;
    let micros: Vec<Option<i64>> = all.iter().map(|t| Some(since_epoch(t) / 10)).chain([None]).collect();
    let nanos: Vec<i64> = near.iter().map(|t| since_epoch(t) * 100).collect();
    let files: [(&[&str], ArrayRef); 4] = [
        (&all, Arc::new(TimestampMicrosecondArray::from(micros.clone()))),
        (&near, Arc::new(TimestampNanosecondArray::from(nanos.clone()))),
        (&near, Arc::new(TimestampNanosecondArray::from(nanos).with_timezone("UTC"))),
        (&all, Arc::new(StringArray::from(all.clone()))),
    ];
    for (i, (texts_of_file, column)) in files.into_iter().enumerate() {
        let dir = TempDir::new().unwrap();
        let path = dir.path().join("1.parquet");
        write(&path, vec![("Timestamp", column)]);
        let session = session();
        // Its Timestamp is documented to be a datetime.
        session.register_table("EmailEvents", &path).unwrap();
        let printed = |order: &str| {
            let kql = format!(
                "EmailEvents | where isnotnull(Timestamp) | sort by Timestamp {order} | project tostring(Timestamp)"
            );
            texts(&session, &kql)
        };
        let text = |t: &&str| {
            let mut text = String::new();
            kql2sql::time::write_datetime(ticks(t), &mut text);
            text
        };
        let mut expected: Vec<String> = texts_of_file.iter().map(text).collect();
        expected.sort();
        assert_eq!(printed("asc"), expected, "file {i}");
        expected.reverse();
        assert_eq!(printed("desc"), expected, "file {i}");
        for op in ["<", "<=", ">", ">=", "==", "!="] {
            for constant in all.iter().chain(&["1300-01-01", "2190-01-01", "5000-01-01T00:00:00.0000001"]) {
                let holds = |t: &&&str| {
                    let (a, b) = (ticks(t), ticks(constant));
                    match op {
                        "<" => a < b,
                        "<=" => a <= b,
                        ">" => a > b,
                        ">=" => a >= b,
                        "==" => a == b,
                        _ => a != b,
                    }
                };
                let expected = texts_of_file.iter().filter(holds).count() as i64;
                let kql = format!(
                    "EmailEvents | where isnotnull(Timestamp) and Timestamp {op} datetime({constant}) | count"
                );
                assert_eq!(one(&session, &kql), expected, "file {i}: {op} {constant}");
            }
        }
        let kql = "EmailEvents | where Timestamp in (datetime(2200-07-01), datetime(1680-05-01), datetime(3000-01-01)) | count";
        assert_eq!(one(&session, kql), 2);
        assert_eq!(
            texts(&session, "EmailEvents | top 1 by Timestamp desc | project tostring(Timestamp)"),
            [text(texts_of_file.iter().max().unwrap())]
        );
    }
}

#[test]
fn instants_beyond_the_years_of_kusto_are_its_first_and_last() {
    let dir = TempDir::new().unwrap();
    let path = dir.path().join("T.parquet");
    write(&path, vec![("Timestamp", Arc::new(TimestampMicrosecondArray::from(vec![i64::MIN, 0, i64::MAX])))]);
    let session = session();
    session.register_table("T", &path).unwrap();
    let expected =
        ["0001-01-01T00:00:00.0000000Z", "1970-01-01T00:00:00.0000000Z", "9999-12-31T23:59:59.9999999Z"];
    assert_eq!(texts(&session, "T | project tostring(Timestamp)"), expected);
    assert_eq!(one(&session, "T | where Timestamp == datetime(0001-01-01) | count"), 1);
    assert_eq!(one(&session, "T | where Timestamp >= datetime(9999-12-31 23:59:59.9999999) | count"), 1);
}

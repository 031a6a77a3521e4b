use std::sync::Arc;

use arrow::array::{ArrayRef, Int64Array, StringViewArray, TimestampNanosecondArray};
use kql2sql::Type;

use super::*;

const DAY: i64 = 86_400_000_000_000;

fn render(chart: &str, properties: &[(&str, &str)]) -> Render {
    let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
    Render { chart: chart.to_owned(), properties: properties.iter().map(owned).collect() }
}

/// Two users on two days, the later day first.
fn logins() -> (Vec<Column>, RecordBatch) {
    let columns = vec![
        Column::new("Day", Type::DateTime),
        Column::new("User", Type::String),
        Column::new("Count", Type::Long),
    ];
    let arrays: Vec<(&str, ArrayRef)> = vec![
        ("Day", Arc::new(TimestampNanosecondArray::from(vec![DAY, 0, DAY, 0]))),
        ("User", Arc::new(StringViewArray::from(vec!["ann", "ann", "bob", "bob"]))),
        ("Count", Arc::new(Int64Array::from(vec![Some(4), Some(2), Some(8), None]))),
    ];
    let arrays = arrays.into_iter().map(|(name, array)| (name, array, true));
    (columns, RecordBatch::try_from_iter_with_nullable(arrays).unwrap())
}

fn drawn((columns, batch): (Vec<Column>, RecordBatch), render: &Render) -> String {
    let layout = Layout { width: Some(40), max_rows: 100, colour: false };
    let mut out = Vec::new();
    let mut chart = Chart::new(&columns, render, layout, &mut out);
    chart.write(&batch).unwrap();
    chart.finish().unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn the_rows_of_a_series_are_set_by_time_and_nulls_are_no_points() {
    let (columns, batch) = logins();
    let render = render("timechart", &[]);
    let mut out = Vec::new();
    let mut chart =
        Chart::new(&columns, &render, Layout { width: Some(40), max_rows: 9, colour: false }, &mut out);
    chart.write(&batch).unwrap();
    let rows = chart.values().unwrap();
    let points = Points::read(&columns, &rows, Style::Lines, &Properties(&render)).unwrap();
    assert_eq!(points.x, points::X::Time);
    // Ticks of 1970-01-01 and of the day after.
    let (first, second) = (621_355_968_000_000_000.0, 621_356_832_000_000_000.0);
    let series: Vec<(&str, &[(f64, f64)])> =
        points.series.iter().map(|s| (s.name.as_str(), s.points.as_slice())).collect();
    assert_eq!(series, [("ann", &[(first, 2.0), (second, 4.0)][..]), ("bob", &[(second, 8.0)][..])]);
}

#[test]
fn bars_are_as_long_as_their_values() {
    // 40 cells: 10 for the date, 4 for " ann", 1 for the figure, 4 between them: 21 for the longest bar.
    let text = drawn(logins(), &render("columnchart", &[("title", "Logins")]));
    assert_eq!(
        text,
        "Logins\n\
         1970-01-02 ann │██████████▌ 4\n           \
         bob │█████████████████████ 8\n\
         1970-01-01 ann │█████▎ 2\n"
    );
}

#[test]
fn a_pie_says_the_shares() {
    let text = drawn(logins(), &render("piechart", &[("xcolumn", "User"), ("series", "User")]));
    assert!(text.contains("8 (57.1 %)"), "{text}");
}

#[test]
fn lines_stay_within_the_width_and_name_their_series() {
    let text = drawn(logins(), &render("timechart", &[("title", "Logins"), ("ymax", "10")]));
    assert!(text.starts_with("Logins\n"), "{text}");
    assert!(text.ends_with("* ann  + bob\n"), "{text}");
    assert!(text.contains('*') && text.contains('+') && text.contains("\n10 "), "{text}");
    assert!(text.lines().all(|line| line.chars().count() <= 40), "{text}");
}

#[test]
fn arrays_of_make_series_are_points() {
    let columns = vec![
        Column::new("User", Type::String),
        Column::new("Count", Type::Dynamic),
        Column::new("Day", Type::Dynamic),
    ];
    let text = |s: &str| Arc::new(StringViewArray::from(vec![s])) as ArrayRef;
    let days = r#"["2026-11-01T00:00:00.0000000Z","2026-11-02T00:00:00.0000000Z"]"#;
    let arrays = vec![("User", text("ann")), ("Count", text("[1,3]")), ("Day", text(days))];
    let render = render("timechart", &[]);
    let batch = RecordBatch::try_from_iter(arrays).unwrap();
    let mut out = Vec::new();
    let mut chart =
        Chart::new(&columns, &render, Layout { width: Some(40), max_rows: 9, colour: false }, &mut out);
    chart.write(&batch).unwrap();
    let points =
        Points::read(&columns, &chart.values().unwrap(), Style::Lines, &Properties(&render)).unwrap();
    assert_eq!((points.x, points.x_name.as_str()), (points::X::Time, "Day"));
    assert_eq!(points.series[0].points.iter().map(|p| p.1).collect::<Vec<_>>(), [1.0, 3.0]);
}

#[test]
fn without_numbers_there_is_a_table() {
    let columns = vec![Column::new("User", Type::String)];
    let batch =
        RecordBatch::try_from_iter(vec![("User", Arc::new(StringViewArray::from(vec!["ann"])) as ArrayRef)])
            .unwrap();
    let text = drawn((columns, batch), &render("timechart", &[]));
    assert!(text.contains("│ ann  │"), "{text}");
}

#[test]
fn a_place_alone_is_drawn_in_the_middle() {
    let columns = vec![Column::new("Day", Type::DateTime), Column::new("Count", Type::Long)];
    let arrays: Vec<(&str, ArrayRef)> = vec![
        ("Day", Arc::new(TimestampNanosecondArray::from(vec![20_000 * DAY]))),
        ("Count", Arc::new(Int64Array::from(vec![5]))),
    ];
    let text = drawn((columns, RecordBatch::try_from_iter(arrays).unwrap()), &render("timechart", &[]));
    // 2024-10-04 is 20,000 days after 1970 (date -d @1728000000 -u).
    let last = text.lines().last().unwrap();
    assert!(last.contains("10-03 12:00") && last.contains("10-04 12:00"), "{text}");
    assert!(text.chars().any(|c| ('\u{2801}'..='\u{28ff}').contains(&c)), "no point: {text}");
}

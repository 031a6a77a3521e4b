//! A bar for each value, lying: names are read without turning the head.

use unicode_width::UnicodeWidthStr;

use super::painted;
use super::points::{Points, X};
use crate::output::table::cut;

/// A name takes no more of the line than this share of it.
const NAMES: usize = 3;

/// The bars, a line each; `None` where a value is below zero, which has no length.
pub fn draw(points: &Points, shares: bool, width: usize, max_rows: usize, colour: bool) -> Option<String> {
    let X::Names(names) = &points.x else { return None };
    let values = || points.series.iter().flat_map(|s| s.points.iter().map(|p| p.1));
    if values().any(|y| y < 0.0) {
        return None;
    }
    let (most, sum) = (values().fold(0.0, f64::max), values().sum::<f64>());
    let mut bars: Vec<(usize, usize, f64)> = Vec::new();
    for (series, s) in points.series.iter().enumerate() {
        bars.extend(s.points.iter().map(|(x, y)| (*x as usize, series, *y)));
    }
    // The order of the rows, with the series of one name below each other.
    bars.sort_by_key(|(name, series, _)| (*name, *series));
    let hidden = bars.len().saturating_sub(max_rows);
    bars.truncate(max_rows);

    let widest = |texts: &mut dyn Iterator<Item = &str>| {
        texts.map(UnicodeWidthStr::width).max().unwrap_or(0).min(width / NAMES)
    };
    let of_names = widest(&mut bars.iter().map(|b| names[b.0].as_str()));
    let several = points.series.len() > 1;
    let of_series = if several { widest(&mut points.series.iter().map(|s| s.name.as_str())) + 1 } else { 0 };
    let figures: Vec<String> = bars
        .iter()
        .map(
            |(_, _, y)| {
                if shares && sum > 0.0 { format!("{y} ({:.1} %)", 100.0 * y / sum) } else { y.to_string() }
            },
        )
        .collect();
    let of_figures = widest(&mut figures.iter().map(String::as_str));
    let room = width.saturating_sub(of_names + of_series + of_figures + 4).max(8);

    let mut text = String::new();
    let mut before = None;
    for ((name, series, y), figure) in bars.iter().zip(&figures) {
        let shown = if before == Some(*name) { "" } else { names[*name].as_str() };
        before = Some(*name);
        padded(&mut text, shown, of_names);
        if several {
            text.push(' ');
            padded(&mut text, &points.series[*series].name, of_series - 1);
        }
        text.push_str(" │");
        text.push_str(&painted(&bar(if most > 0.0 { y / most } else { 0.0 }, room), *series, colour));
        text.push(' ');
        text.push_str(figure);
        text.push('\n');
    }
    if hidden > 0 {
        text.push_str(&format!("… {hidden} more bar{}\n", if hidden == 1 { "" } else { "s" }));
    }
    Some(text)
}

/// `text` in exactly `width` character cells.
fn padded(line: &mut String, text: &str, width: usize) {
    let text = cut(text.into(), width);
    line.push_str(&text);
    line.extend(std::iter::repeat_n(' ', width.saturating_sub(text.width())));
}

/// A bar over `share` of `room` cells, exact to an eighth of a cell.
fn bar(share: f64, room: usize) -> String {
    const EIGHTHS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
    let eighths = (share * room as f64 * 8.0).round() as usize;
    "█".repeat(eighths / 8) + EIGHTHS[eighths % 8]
}

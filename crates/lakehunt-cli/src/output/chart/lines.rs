//! Points over a scale of time or of numbers.

use kql2sql::time::write_datetime;
use ratatui_core::buffer::{Buffer, Cell};
use ratatui_core::layout::Rect;
use ratatui_core::style::{Color, Style as CellStyle};
use ratatui_core::symbols::Marker;
use ratatui_core::widgets::Widget;
use ratatui_widgets::chart::{Axis, Chart, Dataset, GraphType};
use unicode_width::UnicodeWidthStr;

use super::points::{Points, X};
use super::{Properties, SIGNS, Style, painted};
use crate::output::visible;

/// The height of a chart in lines: all of it stays on the screen.
const HEIGHT: u16 = 20;

/// In ticks of 100 ns.
const HALF_A_DAY: f64 = 12.0 * 3600.0 * 1e7;

/// A label of the x-axis takes so many cells with the room around it.
const LABEL: usize = 22;

/// The chart and, for several series, what stands for which.
pub fn draw(
    points: &Points,
    style: Style,
    properties: &Properties,
    width: usize,
    colour: bool,
) -> Option<String> {
    let all = || points.series.iter().flat_map(|s| s.points.iter());
    let (left, right) = bounds(all().map(|p| p.0))?;
    let (least, most) = bounds(all().map(|p| p.1).chain([0.0]))?;
    let step = round_step((most - least) / 4.0);
    let low = properties.number("ymin").unwrap_or((least / step).floor() * step);
    let high = properties.number("ymax").unwrap_or((most / step).ceil() * step).max(low + step);
    // One place alone stands in the middle, of a day or of some numbers.
    let around = if points.x == X::Time { HALF_A_DAY } else { (left.abs() / 10.0).max(1.0) };
    let (left, right) = if left < right { (left, right) } else { (left - around, right + around) };

    let several = points.series.len() > 1;
    let datasets = points.series.iter().enumerate().map(|(i, series)| {
        let marker =
            if several && !colour { Marker::Custom(SIGNS[i % SIGNS.len()]) } else { Marker::Braille };
        let joined = style == Style::Lines && series.points.len() > 1;
        Dataset::default()
            .data(&series.points)
            .marker(marker)
            .graph_type(if joined { GraphType::Line } else { GraphType::Scatter })
            // The palette is by number here; the colour itself is put on when the line is written.
            .style(CellStyle::new().fg(Color::Indexed((i % 250) as u8)))
    });
    let marks = ((high - low) / step).round().clamp(1.0, 10.0) as usize;
    let y_labels = (0..=marks).map(|i| round_number(low + (high - low) * i as f64 / marks as f64));
    let ticks = (width / LABEL).clamp(2, 6);
    let x_labels = (0..ticks).map(|i| {
        let at = left + (right - left) * i as f64 / (ticks - 1) as f64;
        if points.x == X::Time { date(at, right - left) } else { round_number(at) }
    });
    let x_title = visible(properties.get("xtitle").unwrap_or(&points.x_name)).into_owned();
    let y_title = properties.get("ytitle").map(|title| visible(title).into_owned());
    let mut y_axis = Axis::default().bounds([low, high]).labels(y_labels);
    if let Some(title) = y_title {
        y_axis = y_axis.title(title);
    }
    let chart = Chart::new(datasets.collect())
        .x_axis(Axis::default().title(x_title).bounds([left, right]).labels(x_labels))
        .y_axis(y_axis)
        .legend_position(None);
    let area = Rect::new(0, 0, u16::try_from(width).unwrap_or(u16::MAX).max(20), HEIGHT);
    let mut buffer = Buffer::empty(area);
    chart.render(area, &mut buffer);

    let mut text = String::new();
    for line in buffer.content().chunks(usize::from(area.width)) {
        let end = line.iter().rposition(|cell| cell.symbol() != " ").map_or(0, |last| last + 1);
        for run in line[..end].chunk_by(|a, b| a.fg == b.fg) {
            let symbols: String = run.iter().map(Cell::symbol).collect();
            match run[0].fg {
                Color::Indexed(series) => text.push_str(&painted(&symbols, usize::from(series), colour)),
                _ => text.push_str(&symbols),
            }
        }
        text.push('\n');
    }
    if several && properties.get("legend") != Some("hidden") {
        legend(points, width, colour, &mut text);
    }
    Some(text)
}

/// The names of the series, with what stands for them, in lines of `width`.
fn legend(points: &Points, width: usize, colour: bool, text: &mut String) {
    let mut used = 0;
    for (i, series) in points.series.iter().enumerate() {
        let sign = if colour { '■' } else { SIGNS[i % SIGNS.len()] };
        let taken = series.name.width() + 4;
        if used > 0 && used + taken > width {
            text.push('\n');
            used = 0;
        }
        used += taken;
        text.push_str(&painted(&sign.to_string(), i, colour));
        text.push(' ');
        text.push_str(&series.name);
        text.push_str("  ");
    }
    text.truncate(text.trim_end().len());
    text.push('\n');
}

/// The least and the greatest; `None` where there is nothing.
fn bounds(values: impl Iterator<Item = f64>) -> Option<(f64, f64)> {
    values.fold(None, |found, v| match found {
        None => Some((v, v)),
        Some((least, most)) => Some((f64::min(least, v), f64::max(most, v))),
    })
}

/// The next of 1, 2, 5, 10, 20, 50 …, or of their fractions, that is not below `step`.
fn round_step(step: f64) -> f64 {
    if step <= 0.0 {
        return 1.0;
    }
    let unit = 10f64.powf(step.log10().floor());
    [1.0, 2.0, 5.0, 10.0].into_iter().map(|m| m * unit).find(|s| *s >= step * 0.999).unwrap_or(unit * 10.0)
}

/// A number with as many digits as a label has room for.
fn round_number(value: f64) -> String {
    let text = format!("{value:.3}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// A date, as exact as the `span` of the axis asks for (both in ticks).
fn date(ticks: f64, span: f64) -> String {
    const HOUR: f64 = 3_600.0 * 1e7;
    let mut text = String::new();
    write_datetime(ticks as i64, &mut text);
    // 2024-05-01T05:00:00.1234567Z
    let part = if span >= 5.0 * 24.0 * HOUR {
        &text[..10]
    } else if span >= HOUR {
        &text[5..16]
    } else {
        &text[11..19]
    };
    part.replace('T', " ")
}

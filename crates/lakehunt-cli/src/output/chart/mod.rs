//! Charts for a terminal: what `render` asks for, drawn in characters.
//!
//! Which column is the x-axis, which are values and which tell the series apart is decided as the page of Kusto's operator
//! says: <https://learn.microsoft.com/kusto/query/render-operator>. A chart that cannot be drawn with characters, or
//! not from these columns, is the table that it would be without `render`.

mod bars;
mod lines;
mod points;

use std::io::{self, Write};

use arrow::array::RecordBatch;
use kql2sql::{Column, Render};
use nu_ansi_term::Color;
use serde_json::Value;

use super::table::Table;
use super::{Layout, ResultWriter};
use points::Points;

/// More rows are not drawn: a screen has no room for them.
const MAX_ROWS: usize = 100_000;

/// The ways of drawing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Style {
    /// Points joined by lines
    Lines,
    /// Points alone
    Dots,
    /// A bar for each value
    Bars,
    /// A bar for each value, with its share of the sum
    Shares,
}

impl Style {
    /// How a chart of this name is drawn; `None` for one that is not.
    fn of(chart: &str) -> Option<Style> {
        Some(match chart {
            "timechart" | "linechart" | "areachart" | "stackedareachart" | "anomalychart" => Style::Lines,
            "scatterchart" => Style::Dots,
            "barchart" | "columnchart" => Style::Bars,
            "piechart" => Style::Shares,
            _ => return None,
        })
    }

    /// Whether the x-axis is a scale, and not a list of names.
    fn has_scale(self) -> bool {
        matches!(self, Style::Lines | Style::Dots)
    }
}

/// The properties of `render`, with their names in any case.
struct Properties<'a>(&'a Render);

impl<'a> Properties<'a> {
    fn get(&self, name: &str) -> Option<&'a str> {
        let property = self.0.properties.iter().find(|(n, _)| n.eq_ignore_ascii_case(name));
        property.map(|(_, value)| value.as_str()).filter(|value| !value.is_empty())
    }

    /// The names in a list.
    fn list(&self, name: &str) -> Option<Vec<&'a str>> {
        Some(self.get(name)?.split(',').map(str::trim).collect())
    }

    fn number(&self, name: &str) -> Option<f64> {
        self.get(name)?.parse().ok()
    }
}

/// Takes in the rows of a result and draws them.
pub struct Chart<'a> {
    columns: Vec<Column>,
    render: Render,
    style: Style,
    layout: Layout,
    out: &'a mut (dyn Write + Send),
    batches: Vec<RecordBatch>,
    rows: usize,
    hidden: usize,
}

impl<'a> Chart<'a> {
    /// Whether `render` asks for something that is drawn here.
    pub fn can_draw(render: &Render) -> bool {
        Style::of(&render.chart).is_some()
    }

    /// To be asked for only if [`can_draw`](Chart::can_draw) says so.
    pub fn new(
        columns: &[Column],
        render: &Render,
        layout: Layout,
        out: &'a mut (dyn Write + Send),
    ) -> Chart<'a> {
        Chart {
            columns: columns.to_vec(),
            render: render.clone(),
            style: Style::of(&render.chart).unwrap_or(Style::Lines),
            layout,
            out,
            batches: Vec::new(),
            rows: 0,
            hidden: 0,
        }
    }

    /// The rows as JSON values.
    fn values(&self) -> io::Result<Vec<Vec<Value>>> {
        let mut rows = Vec::with_capacity(self.rows);
        for batch in &self.batches {
            let values = super::values(&self.columns, batch)?;
            for row in 0..batch.num_rows() {
                let cell = |column: &crate::values::Values| {
                    let mut json = String::new();
                    column.json(row, &mut json);
                    // What is no JSON cannot come from `json`.
                    serde_json::from_str(&json).unwrap_or(Value::Null)
                };
                rows.push(values.iter().map(cell).collect());
            }
        }
        Ok(rows)
    }
}

impl ResultWriter for Chart<'_> {
    fn write(&mut self, batch: &RecordBatch) -> io::Result<()> {
        let kept = batch.num_rows().min(MAX_ROWS - self.rows);
        self.hidden += batch.num_rows() - kept;
        self.rows += kept;
        if kept > 0 {
            self.batches.push(batch.slice(0, kept));
        }
        Ok(())
    }

    fn finish(&mut self) -> io::Result<()> {
        let properties = Properties(&self.render);
        let points = Points::read(&self.columns, &self.values()?, self.style, &properties);
        let width = self.layout.width.unwrap_or(80);
        let drawn = points.and_then(|points| {
            if self.style.has_scale() {
                lines::draw(&points, self.style, &properties, width, self.layout.colour)
            } else {
                let shares = self.style == Style::Shares;
                bars::draw(&points, shares, width, self.layout.max_rows, self.layout.colour)
            }
        });
        let Some(drawn) = drawn else {
            let mut table = Table::new(&self.columns, self.layout, self.out);
            for batch in &self.batches {
                table.write(batch)?;
            }
            table.leave_out(self.hidden as u64);
            return table.finish();
        };
        if let Some(title) = properties.get("title") {
            writeln!(self.out, "{}", super::visible(title))?;
        }
        self.out.write_all(drawn.as_bytes())?;
        if self.hidden > 0 {
            writeln!(self.out, "… {} more rows are not drawn", self.hidden)?;
        }
        self.out.flush()
    }
}

/// The colours of the series, in their order; they begin anew behind the last.
const COLOURS: [Color; 6] =
    [Color::Cyan, Color::Yellow, Color::Magenta, Color::Green, Color::LightRed, Color::LightBlue];

/// What stands for the series where there are no colours.
const SIGNS: [char; 6] = ['*', '+', 'o', 'x', '#', '@'];

/// `text` in the colour of a series.
fn painted(text: &str, series: usize, colour: bool) -> String {
    if colour { COLOURS[series % COLOURS.len()].paint(text).to_string() } else { text.to_owned() }
}

#[cfg(test)]
mod tests;

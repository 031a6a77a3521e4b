//! A table for people: it fits the width of the terminal and shows the first rows.
//!
//! ```text
//! ┌──────┬───────┐
//! │ Name │ Count │
//! ╞══════╪═══════╡
//! │ a    │     1 │
//! └──────┴───────┘
//! ```

use std::borrow::Cow;
use std::io::{self, Write};

use arrow::array::RecordBatch;
use kql2sql::Column;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::{Layout, ResultWriter, is_right_aligned, visible};

/// A column gets no narrower than this before whole columns are left out.
const MIN_WIDTH: usize = 12;

pub struct Table<'a> {
    columns: Vec<Column>,
    layout: Layout,
    out: &'a mut (dyn Write + Send),
    /// The cells, row by row, one behind the other: the widths are known only when all are there.
    text: String,
    /// Where each cell ends in `text`.
    ends: Vec<usize>,
    /// The width of each column when nothing is cut.
    widths: Vec<usize>,
    rows: usize,
    hidden: u64,
}

impl<'a> Table<'a> {
    pub fn new(columns: &[Column], layout: Layout, out: &'a mut (dyn Write + Send)) -> Self {
        Table {
            columns: columns.to_vec(),
            layout,
            out,
            text: String::new(),
            ends: Vec::new(),
            widths: columns.iter().map(|column| visible(&column.name).width().max(1)).collect(),
            rows: 0,
            hidden: 0,
        }
    }

    /// Counts rows that are not to be shown.
    pub fn leave_out(&mut self, rows: u64) {
        self.hidden += rows;
    }

    /// The text of a cell.
    fn cell(&self, row: usize, column: usize) -> &str {
        let i = row * self.columns.len() + column;
        let start = if i == 0 { 0 } else { self.ends[i - 1] };
        &self.text[start..self.ends[i]]
    }

    /// Appends a line of the table, with the text of a column by its index.
    fn line<'t>(&self, fit: &Fit, text: impl Fn(usize) -> Cow<'t, str>, line: &mut String) {
        line.push('│');
        for shown in &fit.shown {
            line.push(' ');
            match shown {
                Shown::Gap => line.push('…'),
                Shown::Column(i, width) => {
                    let cell = cut(text(*i), *width);
                    let blanks = " ".repeat(width.saturating_sub(cell.width()));
                    let (left, right) =
                        if is_right_aligned(&self.columns[*i]) { (&*blanks, "") } else { ("", &*blanks) };
                    line.extend([left, &*cell, right]);
                }
            }
            line.push_str(" │");
        }
        line.push('\n');
    }

    /// Writes the lines of the table.
    fn draw(&mut self, fit: &Fit) -> io::Result<()> {
        let mut line = String::new();
        fit.border(['┌', '─', '┬', '┐'], &mut line);
        self.line(fit, |i| visible(&self.columns[i].name), &mut line);
        fit.border(['╞', '═', '╪', '╡'], &mut line);
        for row in 0..self.rows {
            self.line(fit, |i| self.cell(row, i).into(), &mut line);
            self.out.write_all(line.as_bytes())?;
            line.clear();
        }
        fit.border(['└', '─', '┴', '┘'], &mut line);
        self.out.write_all(line.as_bytes())
    }
}

impl ResultWriter for Table<'_> {
    fn write(&mut self, batch: &RecordBatch) -> io::Result<()> {
        let shown = batch.num_rows().min(self.layout.max_rows.saturating_sub(self.rows));
        self.hidden += (batch.num_rows() - shown) as u64;
        if shown == 0 {
            return Ok(());
        }
        let values = super::values(&self.columns, batch)?;
        let mut cell = String::new();
        for row in 0..shown {
            for (column, width) in values.iter().zip(&mut self.widths) {
                cell.clear();
                column.text(row, &mut cell);
                let cell = visible(&cell);
                *width = (*width).max(cell.width());
                self.text.push_str(&cell);
                self.ends.push(self.text.len());
            }
        }
        self.rows += shown;
        Ok(())
    }

    fn finish(&mut self) -> io::Result<()> {
        let widths = &self.widths;
        let fit = self.layout.width.map_or_else(|| Fit::whole(widths), |width| Fit::new(widths, width));
        if !self.columns.is_empty() {
            self.draw(&fit)?;
        }
        let left_out = self.columns.len() - fit.columns();
        if left_out > 0 {
            let s = if left_out == 1 { "" } else { "s" };
            writeln!(self.out, "… {left_out} more column{s}: project some, or use another format")?;
        }
        if self.hidden > 0 {
            let s = if self.hidden == 1 { "" } else { "s" };
            writeln!(self.out, "… {} more row{s}", self.hidden)?;
        }
        self.out.flush()
    }
}

/// What stands at one place of a line.
enum Shown {
    /// A column by its index, and its width.
    Column(usize, usize),
    /// `…` in place of the columns that have no room.
    Gap,
}

/// Which columns are shown and how wide.
struct Fit {
    shown: Vec<Shown>,
}

impl Fit {
    /// All of them, uncut.
    fn whole(widths: &[usize]) -> Fit {
        Fit { shown: widths.iter().enumerate().map(|(i, w)| Shown::Column(i, *w)).collect() }
    }

    /// Within `total` character cells: first the widest columns are cut, then columns in the middle are left out.
    fn new(widths: &[usize], total: usize) -> Fit {
        // Each column takes a blank on both sides and a line, and there is one line more.
        let room = |columns: usize| total.saturating_sub(3 * columns + 1);
        let least = |w: usize| w.min(MIN_WIDTH);
        let mut kept: Vec<usize> = (0..widths.len()).collect();
        let mut gap = false;
        while kept.len() > 1
            && kept.iter().map(|i| least(widths[*i])).sum::<usize>() + usize::from(gap)
                > room(kept.len() + usize::from(gap))
        {
            kept.remove(kept.len() / 2);
            gap = true;
        }
        let mut room = room(kept.len() + usize::from(gap)).saturating_sub(usize::from(gap));
        // From the narrowest on, each takes what it needs, and never more than its share of what is left.
        let mut by_width = kept.clone();
        by_width.sort_by_key(|i| widths[*i]);
        let mut granted = vec![0; widths.len()];
        for (done, i) in by_width.iter().enumerate() {
            granted[*i] = widths[*i].min(room / (by_width.len() - done)).max(1);
            room = room.saturating_sub(granted[*i]);
        }
        let mut shown: Vec<Shown> = Vec::with_capacity(kept.len() + 1);
        for (place, i) in kept.iter().enumerate() {
            if gap && place == kept.len() / 2 {
                shown.push(Shown::Gap);
            }
            shown.push(Shown::Column(*i, granted[*i]));
        }
        if gap && kept.len() / 2 >= kept.len() {
            shown.push(Shown::Gap);
        }
        Fit { shown }
    }

    /// How many columns are shown.
    fn columns(&self) -> usize {
        self.shown.iter().filter(|s| matches!(s, Shown::Column(..))).count()
    }

    /// Appends a line between rows: its left end, what it is made of, where a column ends, its right end.
    fn border(&self, [left, dash, joint, right]: [char; 4], line: &mut String) {
        line.push(left);
        for (i, shown) in self.shown.iter().enumerate() {
            if i > 0 {
                line.push(joint);
            }
            let width = if let Shown::Column(_, width) = shown { *width } else { 1 };
            line.extend(std::iter::repeat_n(dash, width + 2));
        }
        line.push(right);
        line.push('\n');
    }
}

/// `text` in at most `width` character cells.
pub(super) fn cut(text: Cow<'_, str>, width: usize) -> Cow<'_, str> {
    if text.width() <= width {
        return text;
    }
    let mut used = 0;
    let end = text
        .char_indices()
        .find(|(_, c)| {
            used += c.width().unwrap_or(0);
            used > width.saturating_sub(1)
        })
        .map_or(text.len(), |(i, _)| i);
    format!("{}…", &text[..end]).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cutting_counts_wide_characters_twice() {
        assert_eq!(cut("日本語".into(), 6), "日本語");
        assert_eq!(cut("日本語".into(), 5), "日本…");
        assert_eq!(cut("abc".into(), 2), "a…");
        assert_eq!(cut("abc".into(), 3), "abc");
    }

    #[test]
    fn narrow_columns_keep_their_width_and_wide_ones_share_the_rest() {
        // 40 cells, 10 for the lines of three columns: 30 to share.
        let fit = Fit::new(&[4, 100, 100], 40);
        let widths: Vec<usize> =
            fit.shown.iter().map(|s| if let Shown::Column(_, w) = s { *w } else { 0 }).collect();
        assert_eq!(widths, [4, 13, 13]);
    }

    #[test]
    fn columns_without_room_are_left_out_in_the_middle() {
        let fit = Fit::new(&[20; 12], 60);
        assert!(fit.columns() < 12);
        assert!(matches!(fit.shown.first(), Some(Shown::Column(0, _))));
        assert!(matches!(fit.shown.last(), Some(Shown::Column(11, _))));
    }
}

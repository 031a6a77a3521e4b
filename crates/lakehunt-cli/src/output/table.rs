//! A table for people: it fits the width of the terminal and shows the first rows.

use std::io::{self, Write};

use arrow::array::RecordBatch;
use comfy_table::presets::UTF8_FULL_CONDENSED;
use comfy_table::{Cell, CellAlignment, ContentArrangement, TableComponent};
use kql2sql::Column;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::{Layout, ResultWriter, is_right_aligned, visible};

/// A column gets no narrower than this before whole columns are left out.
const MIN_WIDTH: usize = 12;

pub struct Table<'a> {
    columns: Vec<Column>,
    layout: Layout,
    out: &'a mut (dyn Write + Send),
    rows: Vec<Vec<String>>,
    hidden: u64,
}

impl<'a> Table<'a> {
    pub fn new(columns: &[Column], layout: Layout, out: &'a mut (dyn Write + Send)) -> Self {
        Table { columns: columns.to_vec(), layout, out, rows: Vec::new(), hidden: 0 }
    }

    /// Counts rows that are not to be shown.
    pub fn leave_out(&mut self, rows: u64) {
        self.hidden += rows;
    }

    /// The width of each column when nothing is cut.
    fn natural_widths(&self) -> Vec<usize> {
        (0..self.columns.len())
            .map(|i| {
                let cells = self.rows.iter().map(|row| row[i].width()).max().unwrap_or(0);
                cells.max(visible(&self.columns[i].name).width()).max(1)
            })
            .collect()
    }
}

impl ResultWriter for Table<'_> {
    fn write(&mut self, batch: &RecordBatch) -> io::Result<()> {
        let shown = batch.num_rows().min(self.layout.max_rows.saturating_sub(self.rows.len()));
        self.hidden += (batch.num_rows() - shown) as u64;
        if shown == 0 {
            return Ok(());
        }
        let values = super::values(&self.columns, batch)?;
        for row in 0..shown {
            self.rows.push(
                values
                    .iter()
                    .map(|column| {
                        let mut text = String::new();
                        column.text(row, &mut text);
                        match visible(&text) {
                            std::borrow::Cow::Borrowed(_) => text,
                            std::borrow::Cow::Owned(shown) => shown,
                        }
                    })
                    .collect(),
            );
        }
        Ok(())
    }

    fn finish(&mut self) -> io::Result<()> {
        let widths = self.natural_widths();
        let fit = self.layout.width.map_or_else(|| Fit::whole(&widths), |width| Fit::new(&widths, width));
        let mut table = comfy_table::Table::new();
        table.load_preset(UTF8_FULL_CONDENSED).set_content_arrangement(ContentArrangement::Disabled);
        table.set_style(TableComponent::VerticalLines, '│');
        table.set_header(fit.row(|i| visible(&self.columns[i].name).into_owned()));
        for row in &mut self.rows {
            table.add_row(fit.row(|i| std::mem::take(&mut row[i])));
        }
        for (place, shown) in fit.shown.iter().enumerate() {
            if let (Shown::Column(i, _), Some(column)) = (shown, table.column_mut(place))
                && is_right_aligned(&self.columns[*i])
            {
                column.set_cell_alignment(CellAlignment::Right);
            }
        }
        if !self.columns.is_empty() {
            writeln!(self.out, "{table}")?;
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

    /// A line, with the text of a column by its index.
    fn row(&self, mut text: impl FnMut(usize) -> String) -> Vec<Cell> {
        self.shown
            .iter()
            .map(|shown| match shown {
                Shown::Column(i, width) => Cell::new(cut(text(*i), *width)),
                Shown::Gap => Cell::new("…"),
            })
            .collect()
    }
}

/// `text` in at most `width` character cells.
pub(super) fn cut(text: String, width: usize) -> String {
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
    format!("{}…", &text[..end])
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

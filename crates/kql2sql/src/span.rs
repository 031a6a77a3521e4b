//! Where something stands in the KQL text.

/// A half-open range of byte offsets into the KQL text.
///
/// Diagnostics that leave the crate also give positions in characters
/// (Unicode code points), see [`char_range`](Span::char_range).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Span {
    /// Offset of the first byte.
    pub start: u32,
    /// Offset behind the last byte.
    pub end: u32,
}

impl Span {
    /// The span from byte `start` up to byte `end`.
    pub fn new(start: usize, end: usize) -> Self {
        Span { start: start as u32, end: end as u32 }
    }

    /// The smallest span that holds both.
    #[must_use]
    pub fn to(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// The text that the span covers.
    pub fn text(self, source: &str) -> &str {
        source.get(self.start as usize..self.end as usize).unwrap_or("")
    }

    /// The span as `(start, length)` in characters from 0, as Kusto counts positions.
    pub fn char_range(self, source: &str) -> (usize, usize) {
        let start = source.get(..self.start as usize).map_or(0, |s| s.chars().count());
        (start, self.text(source).chars().count())
    }
}

//! Results that are pieces of the argument: views into its buffers, and copies only where they are few.

use crate::functions::adapter::{Text, lean};
use datafusion::arrow::array::{ArrayRef, ByteView, StringViewBuilder};
use std::borrow::Cow;
use std::sync::Arc;

/// Collects texts that are pieces of the values of `source` (or, where they had to be rewritten, copies).
pub(super) struct Views<'a> {
    source: Text<'a>,
    builder: StringViewBuilder,
}

/// Texts of up to this length stand in the view itself.
const INLINE: usize = 12;

impl<'a> Views<'a> {
    pub(super) fn new(source: Text<'a>, rows: usize) -> Self {
        let mut builder = StringViewBuilder::with_capacity(rows);
        if let Text::Column(array) = source {
            // Block i of the builder is buffer i of the array.
            for buffer in array.data_buffers() {
                builder.append_block(buffer.clone());
            }
        }
        Views { source, builder }
    }

    /// Adds the text of a row, or null.
    #[inline]
    pub(super) fn push(&mut self, row: usize, piece: Option<Cow<'_, str>>) {
        let Some(piece) = piece else { return self.builder.append_null() };
        let text = piece.as_ref();
        if let (Cow::Borrowed(_), Text::Column(array)) = (&piece, self.source)
            && text.len() > INLINE
        {
            // A value that long is not inline itself, since the piece is not longer than it.
            let view = ByteView::from(array.views()[row]);
            let offset = text.as_ptr().addr().wrapping_sub(array.value(row).as_ptr().addr());
            if offset.saturating_add(text.len()) <= view.length as usize
                && self
                    .builder
                    .try_append_view(view.buffer_index, view.offset + offset as u32, text.len() as u32)
                    .is_ok()
            {
                return;
            }
        }
        self.builder.append_value(text);
    }

    pub(super) fn finish(mut self) -> ArrayRef {
        Arc::new(lean(&self.builder.finish()))
    }
}

//! Pages of prose with fenced blocks.

/// A fenced block.
#[derive(Debug, Clone)]
pub struct Block {
    /// The word behind the fence: `kql`, `result` …
    pub kind: String,
    /// The heading above it.
    pub heading: String,
    /// The line of the opening fence, from 1.
    pub line: usize,
    /// What stands between the fences, without the last line end.
    pub text: String,
    /// Where that is in the page, in bytes.
    pub range: std::ops::Range<usize>,
}

/// The fenced blocks of a page in order.
pub fn blocks(page: &str) -> Vec<Block> {
    let mut found = Vec::new();
    let mut heading = String::new();
    // The fence, the kind, the line, and where the text begins.
    let mut open: Option<(&str, String, usize, usize)> = None;
    let mut at = 0;
    for (number, line) in page.split_inclusive('\n').enumerate() {
        let next = at + line.len();
        let text = line.trim_end();
        let ticks = text.len() - text.trim_start_matches('`').len();
        match &open {
            // A block whose text has a fence in it stands between longer ones.
            None if ticks >= 3 => {
                open = Some((&text[..ticks], text[ticks..].trim().to_owned(), number + 1, next));
            }
            None if text.starts_with('#') => heading = text.trim_start_matches('#').trim().to_owned(),
            Some((fence, kind, opened, start)) if text == *fence => {
                let end = at.saturating_sub(1).max(*start);
                found.push(Block {
                    kind: kind.clone(),
                    heading: heading.clone(),
                    line: *opened,
                    text: page[*start..end].to_owned(),
                    range: *start..end,
                });
                open = None;
            }
            _ => {}
        }
        at = next;
    }
    assert!(open.is_none(), "a block is not closed: {open:?}");
    found
}

//! Markdown with fenced blocks of KQL.

use super::document::{Found, Rule, techniques};
use super::split;

/// Info strings that mark a block as KQL.
const LABELS: [&str; 5] = ["kusto", "kql", "csl", "kusto-query-language", "kustoquery"];

/// Words in the heading above a block without an info string that mark it as KQL.
const HEADINGS: [&str; 5] = ["query", "queries", "kql", "defender", "sentinel"];

/// The rules of a document: one for each block. The title names them; with several blocks their headings do, too.
pub fn parse(text: &str) -> Vec<Found> {
    let document = Document::read(text);
    let several = document.blocks.len() > 1;
    let title = document.title.unwrap_or_default();
    document
        .blocks
        .into_iter()
        .map(|block| {
            let name = match (&*title, &*block.heading) {
                (_, "") => title.clone(),
                ("", heading) => heading.to_string(),
                (title, heading) if several && title != heading => format!("{title}: {heading}"),
                _ => title.clone(),
            };
            Ok(Rule {
                name,
                line: block.line,
                description: document.description.clone(),
                tactics: document.tactics.clone(),
                techniques: document.techniques.clone(),
                query: block.text,
                ..Rule::default()
            })
        })
        .collect()
}

/// A block of KQL.
struct Block {
    /// The heading above it, without `#`.
    heading: String,
    /// Its first line, from 1.
    line: usize,
    text: String,
}

#[derive(Default)]
struct Document {
    title: Option<String>,
    /// The first paragraph below the title.
    description: Option<String>,
    tactics: Vec<String>,
    techniques: Vec<String>,
    blocks: Vec<Block>,
}

impl Document {
    fn read(text: &str) -> Document {
        let mut document = Document::default();
        let mut heading = String::new();
        let mut paragraph: Vec<&str> = Vec::new();
        let mut covered = false;
        let mut lines = text.lines().enumerate();
        while let Some((number, line)) = lines.next() {
            if let Some(fence) = Fence::open(line) {
                let mut body = String::new();
                for (_, line) in lines.by_ref() {
                    if fence.closes(line) {
                        break;
                    }
                    body.push_str(fence.unindent(line));
                    body.push('\n');
                }
                if fence.is_kql(&heading) && !body.trim().is_empty() {
                    document.blocks.extend(split::queries(&body).into_iter().map(|(before, text)| Block {
                        heading: heading.clone(),
                        line: number + 2 + before,
                        text: text.into_owned(),
                    }));
                }
            } else if let Some(found) = heading_of(line) {
                if document.title.is_none() {
                    document.title = Some(found.to_string());
                    heading.clear();
                } else {
                    heading = found.to_string();
                }
            } else if line.trim_start().starts_with('|') {
                document.row(line, &mut covered);
            } else if document.description.is_none() && heading.is_empty() && !line.trim().is_empty() {
                paragraph.push(line.trim());
                continue;
            }
            if !paragraph.is_empty() {
                document.description = Some(std::mem::take(&mut paragraph).join(" "));
            }
        }
        if !paragraph.is_empty() {
            document.description = Some(paragraph.join(" "));
        }
        document
    }

    /// A row of a table: techniques by their identifiers, and tactics that a table of coverage (`Technique, tactic,
    /// or state | Covered?`) marks. `covered` holds whether such a table is being read.
    fn row(&mut self, line: &str, covered: &mut bool) {
        let cells: Vec<&str> = line.trim().trim_matches('|').split('|').map(str::trim).collect();
        for technique in cells.first().map(|cell| techniques(cell)).unwrap_or_default() {
            if !self.techniques.contains(&technique) {
                self.techniques.push(technique);
            }
        }
        match cells[..] {
            [_, second, ..] if second.to_ascii_lowercase().starts_with("covered") => *covered = true,
            [first, ..] if first.bytes().all(|b| b == b'-' || b == b':') => {}
            [first, second, ..] if *covered && !second.is_empty() => self.tactics.push(first.to_string()),
            _ => {}
        }
    }
}

/// The text of a heading `# …`.
fn heading_of(line: &str) -> Option<&str> {
    let text = line.trim_start_matches('#');
    let level = line.len() - text.len();
    ((1..=6).contains(&level) && (text.is_empty() || text.starts_with([' ', '\t'])))
        .then(|| text.trim().trim_end_matches('#').trim_end())
}

/// The opening line of a fenced block.
struct Fence<'a> {
    mark: char,
    length: usize,
    indent: usize,
    info: &'a str,
}

impl<'a> Fence<'a> {
    fn open(line: &'a str) -> Option<Fence<'a>> {
        let text = line.trim_start_matches(' ');
        let mark = text.chars().next().filter(|c| matches!(c, '`' | '~'))?;
        let info = text.trim_start_matches(mark);
        let length = text.len() - info.len();
        // A line of code such as ```x``` is no fence.
        (length >= 3 && !(mark == '`' && info.contains('`'))).then(|| Fence {
            mark,
            length,
            indent: line.len() - text.len(),
            info: info.trim(),
        })
    }

    fn closes(&self, line: &str) -> bool {
        let line = line.trim();
        line.len() >= self.length && line.chars().all(|c| c == self.mark)
    }

    /// The line without the indentation of the fence.
    fn unindent<'l>(&self, line: &'l str) -> &'l str {
        let blanks = line.len() - line.trim_start_matches(' ').len();
        &line[blanks.min(self.indent)..]
    }

    fn is_kql(&self, heading: &str) -> bool {
        let label = self.info.split([' ', ',', '{', '}']).find(|w| !w.is_empty()).unwrap_or("");
        if label.is_empty() {
            heading
                .split(|c: char| !c.is_alphanumeric())
                .any(|word| HEADINGS.contains(&word.to_ascii_lowercase().as_str()))
        } else {
            LABELS.contains(&label.trim_start_matches('.').to_ascii_lowercase().as_str())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules(text: &str) -> Vec<Rule> {
        parse(text).into_iter().map(|f| f.unwrap()).collect()
    }

    #[test]
    fn a_document_with_one_block_is_one_rule_named_by_its_title() {
        let found = rules(
            "# Odd *access*\n\nLooks for it.\nCarefully.\n\nMore.\n\n## Query\n\n```kusto\nT\n\n| take 1\n```\n\n\
             ## Category\n\n| Technique, tactic, or state | Covered? (v=yes) | Notes |\n|---|---|---|\n\
             | Execution |  |  |\n| Exfiltration | V |  |\n",
        );
        assert_eq!(
            found,
            [Rule {
                name: "Odd *access*".into(),
                description: Some("Looks for it. Carefully.".into()),
                line: 11,
                tactics: vec!["Exfiltration".into()],
                query: "T\n\n| take 1\n".into(),
                ..Rule::default()
            }]
        );
    }

    #[test]
    fn several_blocks_are_several_rules_named_by_their_headings() {
        let found = rules(
            "# Rule\n#### MITRE\n| Technique ID | Title |\n| --- | --- |\n| T1566.001 | Phishing |\n\
             ## Defender XDR\n```KQL\nA\n```\n## Sentinel\n```\nB\n```\n## Output\n```\nnot a query\n```\n\
             ```json\n{}\n```\n",
        );
        let names: Vec<_> = found.iter().map(|r| (r.name.as_str(), r.query.as_str(), r.line)).collect();
        assert_eq!(names, [("Rule: Defender XDR", "A\n", 8), ("Rule: Sentinel", "B\n", 12)]);
        assert_eq!(found[0].techniques, ["T1566.001"]);
    }

    #[test]
    fn fences_may_be_long_indented_tilded_or_left_open() {
        let found =
            rules("# T\n\n````kql\nA\n```\nB\n````\n\n  ~~~ kusto\n  C\n   | D\n  ~~~\n\n```kql\nE\n");
        let queries: Vec<_> = found.iter().map(|r| r.query.as_str()).collect();
        assert_eq!(queries, ["A\n```\nB\n", "C\n | D\n", "E\n"]);
    }

    #[test]
    fn blocks_of_other_languages_and_empty_ones_are_no_rules() {
        assert_eq!(rules("# Query\n```sql\nSELECT 1\n```\n```kql\n\n```\ntext `code` ```x``` text\n"), []);
    }
}

//! `parse-kv`: pairs of a key and a value in a text.
//!
//! <https://learn.microsoft.com/kusto/query/parse-kv-operator>

use regex::Regex;

/// How `parse-kv` finds pairs of key and value.
#[derive(Debug)]
pub(super) struct Pairs {
    pair: String,
    key: String,
    quotes: Vec<(char, char)>,
    escapes: Vec<char>,
    greedy: bool,
    regex: Option<Regex>,
}

impl Pairs {
    /// Reads the options: a JSON array of texts, "" where not given: pair delimiter, delimiter of key and value, quotes,
    /// escape, greedy, regex. Of quotes and escapes there may be several, as a JSON array within the text.
    pub(super) fn compile(json: &str) -> std::result::Result<Pairs, String> {
        let texts: Vec<String> = serde_json::from_str(json).map_err(|e| e.to_string())?;
        let text = |i: usize| texts.get(i).cloned().unwrap_or_default();
        let several = |i: usize| -> Result<Vec<String>, String> {
            serde_json::from_str(&text(i)).map_err(|e| e.to_string())
        };
        let quotes = several(2)?.into_iter().filter_map(|quote| {
            let mut quote = quote.chars();
            quote.next().map(|open| (open, quote.next().unwrap_or(open)))
        });
        let regex = match text(5) {
            source if source.is_empty() => None,
            source => Some(Regex::new(&source).map_err(|e| e.to_string())?),
        };
        if regex.as_ref().is_some_and(|r| r.captures_len() < 3) {
            return Err("the regular expression must have two groups, for the key and the value".into());
        }
        Ok(Pairs {
            pair: text(0),
            key: text(1),
            quotes: quotes.collect(),
            escapes: several(3)?.into_iter().filter_map(|escape| escape.chars().next()).collect(),
            greedy: text(4) == "true",
            regex,
        })
    }

    /// Calls `found` for each pair, with the blanks around key and value taken off. Without delimiters only `keys` are
    /// looked for.
    pub(super) fn find(&self, text: &str, keys: &[&str], found: &mut dyn FnMut(&str, &str)) {
        if let Some(regex) = &self.regex {
            for captures in regex.captures_iter(text) {
                let group = |i| captures.get(i).map_or("", |m| m.as_str()).trim();
                found(group(1), group(2));
            }
            return;
        }
        if self.pair.is_empty() || self.key.is_empty() {
            return self.find_undelimited(text, keys, found);
        }
        let mut rest = text;
        while !rest.is_empty() {
            let (key, behind) = match self.quoted(rest) {
                Some((key, behind)) => match behind.trim_start().strip_prefix(self.key.as_str()) {
                    Some(value) => (key, value),
                    None => {
                        rest = self.behind_pair(behind);
                        continue;
                    }
                },
                None => {
                    let Some(at) = rest.find(&self.key) else { return };
                    // What stands in front of the last pair delimiter belongs to no pair. A blank in front of the
                    // delimiter of key and value is none, not even where blanks delimit pairs.
                    let before = rest[..at].trim_end();
                    let start = before.rfind(&self.pair).map_or(0, |i| i + self.pair.len());
                    (before[start..].trim().to_owned(), &rest[at + self.key.len()..])
                }
            };
            let behind = self.value(behind);
            if let Some((value, behind)) = self.quoted(behind) {
                found(&key, &value);
                rest = self.behind_pair(behind);
                continue;
            }
            let end = self.end_of_value(behind);
            found(&key, behind[..end].trim());
            rest = behind[end..].strip_prefix(self.pair.as_str()).unwrap_or_default();
        }
    }

    /// The text from where the value begins. Blanks in front of it do not count where they delimit pairs, either, unless
    /// what follows them is the next key.
    fn value<'a>(&self, text: &'a str) -> &'a str {
        let value = text.trim_start();
        if !text[..text.len() - value.len()].contains(&self.pair) {
            return text;
        }
        let end = value.find(&self.pair).unwrap_or(value.len());
        let behind = value[end..].trim_start();
        if value[..end].contains(&self.key) || behind.starts_with(&self.key) { text } else { value }
    }

    /// Where an unquoted value ends: at the pair delimiter; the last one in front of the next key, if greedy.
    fn end_of_value(&self, text: &str) -> usize {
        let first = text.find(&self.pair);
        if !self.greedy {
            return first.unwrap_or(text.len());
        }
        match text.find(&self.key) {
            Some(next) => text[..next].rfind(&self.pair).or(first).unwrap_or(text.len()),
            None => text.len(),
        }
    }

    fn behind_pair<'a>(&self, text: &'a str) -> &'a str {
        text.find(&self.pair).map_or("", |i| &text[i + self.pair.len()..])
    }

    /// Pairs in a text without delimiters of its own: all that is neither letter nor digit is one. A value is what
    /// follows a key up to the next of them, or a quoted text.
    fn find_undelimited(&self, text: &str, keys: &[&str], found: &mut dyn FnMut(&str, &str)) {
        let mut rest = text;
        loop {
            rest = self.token(rest);
            if rest.is_empty() {
                return;
            }
            let quoted = self.quoted(rest);
            let key = match &quoted {
                Some((key, behind)) => keys.iter().find(|k| **k == key.as_str()).map(|k| (*k, *behind)),
                None => keys.iter().find_map(|key| {
                    let behind = rest.strip_prefix(key).filter(|_| !key.is_empty())?;
                    (!behind.starts_with(char::is_alphanumeric)).then_some((*key, behind))
                }),
            };
            let Some((key, behind)) = key else {
                rest = match quoted {
                    Some((_, behind)) => behind,
                    None => rest.trim_start_matches(char::is_alphanumeric),
                };
                continue;
            };
            let value = self.token(behind);
            match self.quoted(value) {
                Some((value, behind)) => {
                    found(key, &value);
                    rest = behind;
                }
                None => {
                    let behind = value.trim_start_matches(char::is_alphanumeric);
                    found(key, &value[..value.len() - behind.len()]);
                    rest = behind;
                }
            }
        }
    }

    /// The text from its first letter, digit or quoted text.
    fn token<'a>(&self, text: &'a str) -> &'a str {
        let begins = |i: usize, c: char| {
            c.is_alphanumeric()
                || self.quotes.iter().any(|(open, _)| *open == c) && self.quoted(&text[i..]).is_some()
        };
        text.char_indices().find(|(i, c)| begins(*i, *c)).map_or("", |(i, _)| &text[i..])
    }

    /// A quoted text at the beginning, blanks aside, and what is behind it.
    fn quoted<'a>(&self, text: &'a str) -> Option<(String, &'a str)> {
        let start = text.trim_start();
        // A blank may be the delimiter of pairs: then the value is empty.
        if !self.pair.is_empty() && text[..text.len() - start.len()].contains(&self.pair) {
            return None;
        }
        let (open, close) = *self.quotes.iter().find(|(open, _)| start.starts_with(*open))?;
        let mut chars = start.strip_prefix(open)?.char_indices();
        let body = &start[open.len_utf8()..];
        let mut out = String::new();
        while let Some((i, c)) = chars.next() {
            if self.escapes.contains(&c) {
                out.extend(chars.next().map(|(_, c)| c));
            } else if c == close {
                return Some((out, &body[i + c.len_utf8()..]));
            } else {
                out.push(c);
            }
        }
        None
    }
}

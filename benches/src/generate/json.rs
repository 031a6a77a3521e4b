//! JSON written straight into a buffer.
//!
//! A lake of 10 million rows holds 14 GB of JSON text: building a tree of values for each document first
//! would take most of the time.

use super::dice::{Alphabet, Dice};

/// Appends an object whose members `fill` writes.
pub fn object(out: &mut String, fill: impl FnOnce(&mut Object)) {
    out.push('{');
    fill(&mut Object { out, first: true });
    out.push('}');
}

/// Appends an array whose elements `fill` writes.
pub fn array(out: &mut String, fill: impl FnOnce(&mut Array)) {
    out.push('[');
    fill(&mut Array { out, first: true });
    out.push(']');
}

/// Appends `text` as a JSON string.
pub fn string(out: &mut String, text: &str) {
    out.push('"');
    escape(out, text);
    out.push('"');
}

fn escape(out: &mut String, text: &str) {
    let mut plain = 0;
    for (index, byte) in text.bytes().enumerate() {
        let escaped = match byte {
            b'"' => "\\\"",
            b'\\' => "\\\\",
            b'\r' => "\\r",
            b'\n' => "\\n",
            b'\t' => "\\t",
            _ => continue,
        };
        out.push_str(&text[plain..index]);
        out.push_str(escaped);
        plain = index + 1;
    }
    out.push_str(&text[plain..]);
}

/// An object being written.
pub struct Object<'a> {
    out: &'a mut String,
    first: bool,
}

impl Object<'_> {
    /// Writes the name of a member; its value must be appended to the returned buffer.
    pub fn raw(&mut self, name: &str) -> &mut String {
        self.out.push_str(if self.first { "\"" } else { ",\"" });
        self.first = false;
        self.out.push_str(name);
        self.out.push_str("\":");
        self.out
    }

    /// A string.
    pub fn text(&mut self, name: &str, value: &str) {
        string(self.raw(name), value);
    }

    /// A string of several parts. The parts are escaped.
    pub fn texts(&mut self, name: &str, parts: &[&str]) {
        let out = self.raw(name);
        out.push('"');
        for part in parts {
            escape(out, part);
        }
        out.push('"');
    }

    /// A string that `fill` appends; nothing in it may need an escape.
    pub fn plain(&mut self, name: &str, fill: impl FnOnce(&mut String)) {
        let out = self.raw(name);
        out.push('"');
        fill(out);
        out.push('"');
    }

    /// A random GUID.
    pub fn guid(&mut self, name: &str, dice: &mut Dice) {
        self.plain(name, |out| dice.push_guid(out));
    }

    /// A random word.
    pub fn word(&mut self, name: &str, dice: &mut Dice, alphabet: Alphabet, length: usize) {
        self.plain(name, |out| dice.push_word(out, alphabet, length));
    }

    /// A whole number.
    pub fn int(&mut self, name: &str, value: i64) {
        self.raw(name).push_str(&value.to_string());
    }

    /// True or false.
    pub fn bool(&mut self, name: &str, value: bool) {
        self.raw(name).push_str(if value { "true" } else { "false" });
    }

    /// Null.
    pub fn null(&mut self, name: &str) {
        self.raw(name).push_str("null");
    }

    /// An object.
    pub fn object(&mut self, name: &str, fill: impl FnOnce(&mut Object)) {
        object(self.raw(name), fill);
    }

    /// An array.
    pub fn array(&mut self, name: &str, fill: impl FnOnce(&mut Array)) {
        array(self.raw(name), fill);
    }

    /// `[{"Name": …, "Value": …}, …]`, the form in which audit records keep open lists of properties.
    pub fn pairs(&mut self, name: &str, pairs: &[(&str, &str)]) {
        self.array(name, |items| {
            for (key, value) in pairs {
                items.object(|item| {
                    item.text("Name", key);
                    item.text("Value", value);
                });
            }
        });
    }
}

/// An array being written.
pub struct Array<'a> {
    out: &'a mut String,
    first: bool,
}

impl Array<'_> {
    fn element(&mut self) -> &mut String {
        if !self.first {
            self.out.push(',');
        }
        self.first = false;
        self.out
    }

    /// A string.
    pub fn text(&mut self, value: &str) {
        string(self.element(), value);
    }

    /// An object.
    pub fn object(&mut self, fill: impl FnOnce(&mut Object)) {
        object(self.element(), fill);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_are_valid_json() {
        let mut out = String::new();
        object(&mut out, |o| {
            o.text("server", "AB1PR01 (15.20)\r\n");
            o.texts("path", &["\\Inbox", "\t\"quoted\""]);
            o.int("big", -640_236_721_980_338_696);
            o.null("none");
            o.pairs("pairs", &[("a", "1"), ("b", "ü")]);
            o.object("empty", |_| ());
        });
        let value: serde_json::Value = serde_json::from_str(&out).unwrap();
        assert_eq!(value["server"], "AB1PR01 (15.20)\r\n");
        assert_eq!(value["path"], "\\Inbox\t\"quoted\"");
        assert_eq!(value["big"].to_string(), "-640236721980338696");
        assert_eq!(value["pairs"][1]["Value"], "ü");
    }
}

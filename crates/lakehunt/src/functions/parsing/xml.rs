//! XML as dynamic values.

use crate::functions::string::array::push_key;
use kql2sql::json::quoted;
use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

/// Longer documents give null, as in Kusto.
const MOST_BYTES: usize = 1 << 20;

/// Deeper documents give null: what reads JSON does not go much deeper.
const MOST_LEVELS: usize = 100;

/// The document as JSON; none if it is not well-formed.
///
/// An element is null, or its text, or an object: of its attributes as `@name`, its text as `#text` and
/// its children by name, those of the same name as an array. Comments, instructions and CDATA are skipped.
/// <https://learn.microsoft.com/kusto/query/parse-xml-function>
pub fn parse_xml(xml: &str) -> Option<String> {
    if xml.len() > MOST_BYTES {
        return None;
    }
    let mut reader = Reader::from_str(xml);
    reader.config_mut().expand_empty_elements = true;
    // The document is the element around the root.
    let mut open = vec![Element::default()];
    loop {
        let event = reader.read_event().ok()?;
        let inside = open.len() > 1;
        let element = open.last_mut()?;
        match event {
            Event::Start(start) => {
                element.end_text();
                open.push(Element::of(&start)?);
                if open.len() > MOST_LEVELS {
                    return None;
                }
            }
            Event::End(_) => {
                element.end_text();
                let child = open.pop()?;
                let json = child.json();
                open.last_mut()?.add(child.name, json);
            }
            Event::Text(text) if inside => element.text.push_str(&text.xml10_content()),
            Event::GeneralRef(reference) if inside => push_reference(&reference, &mut element.text)?,
            Event::Text(text) if text.trim().is_empty() => {}
            Event::Text(_) | Event::GeneralRef(_) => return None,
            Event::CData(_) if !inside => return None,
            Event::CData(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
            Event::Eof => break,
            Event::Empty(_) => return None,
        }
    }
    let document = open.pop().filter(|_| open.is_empty())?;
    let one_root = matches!(&document.members[..], [(_, roots)] if roots.len() == 1);
    one_root.then(|| document.json())
}

/// `&amp;`, `&#65;`
fn push_reference(reference: &BytesRef<'_>, text: &mut String) -> Option<()> {
    match reference.resolve_char_ref().ok()? {
        Some(c) => text.push(c),
        None => text.push_str(resolve_xml_entity(&reference.xml10_content())?),
    }
    Some(())
}

/// An element that is being read.
#[derive(Debug, Default)]
struct Element {
    name: String,
    /// Its members in the order of their first occurrence, each with its values as JSON.
    members: Vec<(String, Vec<String>)>,
    /// The text since the last child.
    text: String,
}

const TEXT: &str = "#text";

impl Element {
    fn of(start: &BytesStart<'_>) -> Option<Element> {
        let mut element = Element { name: start.name().0.to_owned(), ..Element::default() };
        for attribute in start.attributes() {
            let attribute = attribute.ok()?;
            let value = attribute.normalized_value(XmlVersion::Implicit1_0).ok()?;
            element.add(format!("@{}", attribute.key.0), quoted(&value));
        }
        Some(element)
    }

    fn add(&mut self, name: String, json: String) {
        match self.members.iter_mut().find(|(known, _)| *known == name) {
            Some((_, values)) => values.push(json),
            None => self.members.push((name, vec![json])),
        }
    }

    /// The text so far is complete: blanks around it do not count.
    fn end_text(&mut self) {
        let text = std::mem::take(&mut self.text);
        if !text.trim().is_empty() {
            self.add(TEXT.to_owned(), quoted(text.trim()));
        }
    }

    fn json(&self) -> String {
        match &self.members[..] {
            [] => "null".to_owned(),
            [(name, values)] if name == TEXT => join(values),
            members => {
                let mut json = String::from("{");
                for (name, values) in members {
                    push_key(&mut json, name);
                    json.push_str(&join(values));
                }
                json.push('}');
                json
            }
        }
    }
}

/// One value as it is, several as an array.
fn join(values: &[String]) -> String {
    match values {
        [one] => one.clone(),
        several => format!("[{}]", several.join(",")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_attributes_and_texts() {
        for (xml, json) in [
            ("<e/>", r#"{"e":null}"#),
            ("<e></e>", r#"{"e":null}"#),
            ("<e>text</e>", r#"{"e":"text"}"#),
            (r#"<e name="value" />"#, r#"{"e":{"@name":"value"}}"#),
            (r#"<e name="value">text</e>"#, r##"{"e":{"@name":"value","#text":"text"}}"##),
            ("<e> <a>1</a> <b>2</b> </e>", r#"{"e":{"a":"1","b":"2"}}"#),
            ("<e> <a>1</a> <a>2</a> </e>", r#"{"e":{"a":["1","2"]}}"#),
            ("<e> text <a>1</a> </e>", r##"{"e":{"#text":"text","a":"1"}}"##),
            (
                r#"<?xml version="1.0"?><!-- c --><x:e xmlns:x="u"><D N="a&quot;">&lt;&#65;</D><D N="b"/></x:e>"#,
                r##"{"x:e":{"@xmlns:x":"u","D":[{"@N":"a\"","#text":"<A"},{"@N":"b"}]}}"##,
            ),
            ("<e>a<!-- c -->b<![CDATA[c]]></e>", r#"{"e":"ab"}"#),
        ] {
            assert_eq!(parse_xml(xml).as_deref(), Some(json), "{xml}");
        }
    }

    #[test]
    fn what_is_not_well_formed_is_null() {
        for xml in [
            "",
            "text",
            "<a>",
            "<a></b>",
            "<a/><b/>",
            "<a/>x",
            "<a b=1/>",
            "<a>&no;</a>",
            "<a b='1' b='2'/>",
            "</a>",
        ] {
            assert_eq!(parse_xml(xml), None, "{xml}");
        }
        let nested = |levels: usize| "<a>".repeat(levels) + &"</a>".repeat(levels);
        assert!(parse_xml(&nested(MOST_LEVELS - 1)).is_some());
        assert_eq!(parse_xml(&nested(100_000)), None);
    }
}

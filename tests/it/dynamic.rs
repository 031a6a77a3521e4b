//! Reading dynamic values in place against reading them as a tree (serde_json).

use kql2sql::json::push_string;
use lakehunt::dynamic::canonical::canonical;
use lakehunt::dynamic::extract::{Paths, get};
use lakehunt::dynamic::path::{Path, Step};
use lakehunt::dynamic::scan::{elements, members};
use lakehunt::dynamic::text::unescape;
use proptest::prelude::*;
use serde_json::Value;

/// Names that the scanner must not mistake: with structure in them, with escapes, one the beginning of another.
const NAMES: [&str; 12] = ["a", "ab", "b", "a b", "a\"", "\\", "é😀", "x/y", "", ",", ":", "\":\""];

fn name() -> impl Strategy<Value = String> {
    prop::sample::select(&NAMES[..]).prop_map(str::to_owned)
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        name(),
        "[a-z{}\\[\\],:\"\\\\\n\u{1}é😀 ]{0,12}",
        // Names in strings, as they stand in the text of an object.
        name().prop_map(|n| format!("{{\"{n}\":1,\"{n}\": [")),
    ]
}

fn value() -> impl Strategy<Value = Value> {
    let scalar = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        (-1e6..1e6f64).prop_map(Value::from),
        text().prop_map(Value::from),
    ];
    scalar.prop_recursive(5, 60, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::hash_map(name(), inner, 0..8)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

/// An object, small or so large that its members are searched for.
fn object() -> impl Strategy<Value = Value> {
    (prop::collection::vec((name(), value()), 0..8), 0..40usize).prop_map(|(members, padding)| {
        let mut object = serde_json::Map::new();
        for (i, (name, value)) in members.into_iter().enumerate() {
            object.insert(format!("filler{i}"), "\\\"{[ ".repeat(padding).into());
            object.insert(name, value);
        }
        Value::Object(object)
    })
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        3 => name().prop_map(|n| Step::Name(n.into())),
        1 => (-4..4i64).prop_map(Step::Index),
    ]
}

fn path() -> impl Strategy<Value = Path> {
    prop::collection::vec(step(), 0..4).prop_map(|steps| Path { steps })
}

/// The same value spelt in one of several ways.
fn spell(value: &Value, style: u8) -> String {
    match style {
        0 => value.to_string(),
        1 => serde_json::to_string_pretty(value).expect("a value can be written"),
        _ => {
            // Every letter of every string as an escape.
            let mut out = String::new();
            let mut string = false;
            let mut escape = false;
            for c in value.to_string().chars() {
                match c {
                    _ if escape => {
                        escape = false;
                        out.push(c);
                    }
                    '\\' => {
                        escape = true;
                        out.push(c);
                    }
                    '"' => {
                        string = !string;
                        out.push(c);
                    }
                    'a' | 'b' if string => out.push_str(&format!("\\u{:04x}", u32::from(c))),
                    c if string && !c.is_ascii() => {
                        for unit in c.encode_utf16(&mut [0; 2]) {
                            out.push_str(&format!("\\u{unit:04X}"));
                        }
                    }
                    c => out.push(c),
                }
            }
            out
        }
    }
}

/// What the path leads to in the tree; nulls count as nothing.
fn lookup<'a>(value: &'a Value, path: &Path) -> Option<&'a Value> {
    let mut at = value;
    for step in &path.steps {
        at = match (step, at) {
            (Step::Name(name), Value::Object(members)) => members.get(&**name)?,
            (Step::Index(i), Value::Array(elements)) => {
                let i = if *i < 0 { i + elements.len() as i64 } else { *i };
                elements.get(usize::try_from(i).ok()?)?
            }
            _ => return None,
        };
    }
    (!at.is_null()).then_some(at)
}

fn read(json: &str) -> Value {
    serde_json::from_str(json).expect("a piece of JSON is JSON")
}

proptest! {
    #[test]
    fn members_are_found(object in object(), paths in prop::collection::vec(path(), 1..10), style in 0..3u8) {
        let json = spell(&object, style);
        let compiled = Paths::new(paths.iter().map(Some));
        let mut found = vec![Some("stale"); paths.len()];
        compiled.find(&json, &mut found);
        for (path, found) in paths.iter().zip(found) {
            let expected = lookup(&object, path);
            prop_assert_eq!(get(&json, path).map(read), expected.cloned(), "get {:?} in {}", path, json);
            prop_assert_eq!(found.map(read), expected.cloned(), "find {:?} in {}", path, json);
        }
    }

    #[test]
    fn canonical_text_means_the_same(value in value(), style in 0..3u8) {
        let json = spell(&value, style);
        let text = canonical(&json);
        prop_assert!(text.is_some(), "{} is JSON", json);
        let text = text.unwrap_or_default();
        prop_assert_eq!(read(&text), value);
        prop_assert!(canonical(&text).is_some_and(|again| again == text));
    }

    #[test]
    fn canonical_agrees_on_what_is_json(json in "[\\[\\]{},:\"\\\\ 0-9.eE+\\-tfnau]{0,12}") {
        let strict: Result<Value, _> = serde_json::from_str(&json);
        // serde_json refuses half surrogate pairs and numbers beyond a real; Kusto has no such limits.
        if !json.contains("\\u") {
            prop_assert_eq!(canonical(&json).is_some(), strict.is_ok(), "{}", json);
        }
    }

    #[test]
    fn broken_text_does_no_harm(object in object(), path in path(), style in 0..3u8, cut in any::<prop::sample::Index>()) {
        let json = spell(&object, style);
        let mut end = cut.index(json.len() + 1);
        while !json.is_char_boundary(end) {
            end -= 1;
        }
        for broken in [&json[..end], &json[end..]] {
            let _ = canonical(broken);
            let _ = get(broken, &path);
            Paths::new([Some(&path)]).find(broken, &mut [None]);
            let _ = elements(broken).count() + members(broken).count();
        }
        if !json[end..].trim().is_empty() {
            prop_assert_eq!(canonical(&json[..end]), None);
        }
    }

    #[test]
    fn strings_come_back(text in any::<String>()) {
        let mut json = String::new();
        push_string(&mut json, &text);
        prop_assert_eq!(unescape(&json[1..json.len() - 1]), &*text);
        prop_assert_eq!(read(&json), Value::from(text));
    }
}

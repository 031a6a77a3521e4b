//! Reading and writing dynamic arrays of strings.

use kql2sql::json::push_string;
use serde_json::Value;

/// The elements of a dynamic array, each as `tostring()` shows it; a value that is no array is an array
/// of itself, null is an empty one.
pub fn elements(json: &str) -> Vec<String> {
    match serde_json::from_str(json) {
        Ok(Value::Array(values)) => values.iter().map(text).collect(),
        Ok(Value::Null) | Err(_) => Vec::new(),
        Ok(value) => vec![text(&value)],
    }
}

/// A dynamic value as `tostring()` shows it: a string as it is, null as "", the rest as JSON.
pub fn text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(s) => s.clone(),
        other => other.to_string(),
    }
}

/// Adds an array of strings to `json`.
pub fn push_array<S: AsRef<str>>(json: &mut String, items: impl IntoIterator<Item = S>) {
    json.push('[');
    for (at, item) in items.into_iter().enumerate() {
        if at > 0 {
            json.push(',');
        }
        push_string(json, item.as_ref());
    }
    json.push(']');
}

/// Adds `,"key":` (the comma only after another member) to an object that `json` ends in.
pub fn push_key(json: &mut String, key: &str) {
    if !json.ends_with('{') {
        json.push(',');
    }
    push_string(json, key);
    json.push(':');
}

/// Adds a member whose value is a string.
pub fn push_member(json: &mut String, key: &str, value: &str) {
    push_key(json, key);
    push_string(json, value);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_are_shown_as_tostring_shows_them() {
        assert_eq!(
            elements(r#"["a",1,null,true,[1,"x"],1.50]"#),
            ["a", "1", "", "true", r#"[1,"x"]"#, "1.50"]
        );
        assert_eq!(elements(r#""one""#), ["one"]);
        assert_eq!(elements("null"), Vec::<String>::new());
        assert_eq!(elements("not json"), Vec::<String>::new());
    }

    #[test]
    fn what_is_written_reads_back() {
        let items = ["", "plain", "q\"uote", "back\\slash", "line\n\u{1}", "é😀"];
        let mut json = String::new();
        push_array(&mut json, items);
        assert_eq!(elements(&json), items);
        assert_eq!(json.matches("\\u0001").count(), 1);

        let mut object = String::from("{");
        push_member(&mut object, "a", "1");
        push_member(&mut object, "b\"", "2");
        object.push('}');
        assert_eq!(object, r#"{"a":"1","b\"":"2"}"#);
    }
}

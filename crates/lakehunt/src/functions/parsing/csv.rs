//! Records of comma-separated values.

/// The values of the first record. Between quotation marks commas and line breaks are text, and two marks
/// stand for one.
pub fn first_record(text: &str) -> Vec<String> {
    let mut values = Vec::new();
    let mut value = String::new();
    let mut in_quotes = false;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' if in_quotes && chars.next_if_eq(&'"').is_some() => value.push('"'),
            '"' if in_quotes => in_quotes = false,
            // A mark in the middle of a value is text.
            '"' if value.is_empty() => in_quotes = true,
            ',' if !in_quotes => values.push(std::mem::take(&mut value)),
            '\r' if !in_quotes && chars.peek() == Some(&'\n') => break,
            '\n' if !in_quotes => break,
            _ => value.push(c),
        }
    }
    values.push(value);
    values
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_of_the_first_record() {
        assert_eq!(first_record(r#"aa,"b,b",c"#), ["aa", "b,b", "c"]);
        assert_eq!(first_record("\"a \"\"b\"\"\",\"x\ny\"\r\nnext"), ["a \"b\"", "x\ny"]);
        assert_eq!(first_record("a\nb"), ["a"]);
        assert_eq!(first_record(",,"), ["", "", ""]);
        assert_eq!(first_record(""), [""]);
        assert_eq!(first_record(r#"5" disk,6"#), [r#"5" disk"#, "6"]);
    }
}

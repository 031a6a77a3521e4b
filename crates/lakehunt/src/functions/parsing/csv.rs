//! Records of comma-separated values.

/// The values of the first record. Between quotation marks commas and line breaks are text, and two marks
/// stand for one.
pub fn first_record(text: &str) -> Vec<String> {
    next_record(text, ',').0
}

/// The values of the first record, with another character between them, and the text behind the record.
pub fn next_record(text: &str, separator: char) -> (Vec<String>, &str) {
    let mut values = Vec::new();
    let mut value = String::new();
    let mut in_quotes = false;
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match c {
            '"' if in_quotes && chars.as_str().starts_with('"') => {
                chars.next();
                value.push('"');
            }
            '"' if in_quotes => in_quotes = false,
            // A mark in the middle of a value is text.
            '"' if value.is_empty() => in_quotes = true,
            c if c == separator && !in_quotes => values.push(std::mem::take(&mut value)),
            '\r' if !in_quotes && chars.as_str().starts_with('\n') => {}
            '\n' if !in_quotes => {
                values.push(value);
                return (values, chars.as_str());
            }
            _ => value.push(c),
        }
    }
    values.push(value);
    (values, "")
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

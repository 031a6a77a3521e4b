//! Command lines of Windows.

/// The arguments of a command line as `CommandLineToArgvW` gives them.
///
/// The first is the program: it ends at the next quotation mark or blank, and a backslash means nothing
/// in it. In the others an even number of backslashes before a quotation mark stands for half of them, an
/// odd number for half of them and the mark itself; in quotation marks two of them stand for one.
/// <https://learn.microsoft.com/windows/win32/api/shellapi/nf-shellapi-commandlinetoargvw>
pub fn arguments(line: &str) -> Vec<String> {
    let blank = [' ', '\t'];
    let line = line.trim_start_matches(blank);
    if line.is_empty() {
        return Vec::new();
    }
    let (program, rest) = match line.strip_prefix('"') {
        Some(quoted) => quoted.split_once('"').unwrap_or((quoted, "")),
        None => line.split_at(line.find(blank).unwrap_or(line.len())),
    };
    let mut arguments = vec![program.to_owned()];
    let mut rest = rest.trim_start_matches(blank);
    while !rest.is_empty() {
        let (argument, after) = argument(rest);
        arguments.push(argument);
        rest = after.trim_start_matches(blank);
    }
    arguments
}

/// The argument that the text begins with, and the text after it.
fn argument(text: &str) -> (String, &str) {
    let mut argument = String::new();
    let mut in_quotes = false;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        match c {
            '\\' => {
                let mut backslashes = 1;
                while chars.next_if(|&(_, c)| c == '\\').is_some() {
                    backslashes += 1;
                }
                if matches!(chars.peek(), Some((_, '"'))) {
                    argument.extend(std::iter::repeat_n('\\', backslashes / 2));
                    if backslashes % 2 == 1 {
                        chars.next();
                        argument.push('"');
                    }
                } else {
                    argument.extend(std::iter::repeat_n('\\', backslashes));
                }
            }
            '"' if in_quotes && chars.next_if(|&(_, c)| c == '"').is_some() => {
                argument.push('"');
                in_quotes = false;
            }
            '"' => in_quotes = !in_quotes,
            ' ' | '\t' if !in_quotes => return (argument, &text[at..]),
            _ => argument.push(c),
        }
    }
    (argument, "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_of_windows() {
        for (line, expected) in [
            (r#"echo "hello world!""#, vec!["echo", "hello world!"]),
            (r#""C:\Program Files\x.exe" /a "b c" d"#, vec![r"C:\Program Files\x.exe", "/a", "b c", "d"]),
            (r#"x a\\\b d"e f"g h"#, vec!["x", r"a\\\b", "de fg", "h"]),
            (r#"x a\\\"b c d"#, vec!["x", r#"a\"b"#, "c", "d"]),
            (r#"x a\\\\"b c" d e"#, vec!["x", r"a\\b c", "d", "e"]),
            (r#"x "a ""b"#, vec!["x", r#"a "b"#]),
            (r#"x "" end"#, vec!["x", "", "end"]),
            (r#"x "open end"#, vec!["x", "open end"]),
            (r#"c:\a"b c d"#, vec![r#"c:\a"b"#, "c", "d"]),
            ("  cmd \t /c  dir ", vec!["cmd", "/c", "dir"]),
            ("", vec![]),
        ] {
            assert_eq!(arguments(line), expected, "{line}");
        }
    }
}

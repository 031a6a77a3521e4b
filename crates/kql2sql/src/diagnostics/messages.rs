//! The constructor of every diagnostic.

use crate::diagnostics::Diagnostic;
use crate::span::Span;

// Text that cannot be cut into tokens.

/// A string without its closing quote; `end` is where the quote is missing.
pub(crate) fn unclosed_string(end: usize, quote: &str) -> Diagnostic {
    Diagnostic::error("KS001", Span::new(end, end), format!("The string has no closing {quote}"))
        .with_help(format!("close the string with {quote}"))
}

/// A backslash that begins no escape.
pub(crate) fn bad_escape(start: usize, quote: u8, next: Option<char>) -> Diagnostic {
    let next = next.filter(|c| !c.is_control()).unwrap_or(' ');
    let quote = char::from(quote);
    Diagnostic::error(
        "KS001",
        Span::new(start, start),
        format!("`\\{next}` is no escape, so the string ends here without a closing {quote}"),
    )
    .with_help(format!("write `\\\\` for a backslash, or use a verbatim string: @{quote}…{quote}"))
}

/// `datetime(…` without the parenthesis on the same line.
pub(crate) fn unclosed_literal(end: usize) -> Diagnostic {
    Diagnostic::error("KS001", Span::new(end, end), "The literal has no closing parenthesis on its line")
        .with_help("close the literal with `)`")
}

/// A character without meaning in KQL.
pub(crate) fn unexpected_character(span: Span, c: char) -> Diagnostic {
    let help = match c {
        '“' | '”' | '„' => Some("use straight quotes: \""),
        '‘' | '’' | '‚' => Some("use straight quotes: '"),
        '&' => Some("the logical operator is `and`"),
        '^' => Some("for powers there is `pow(base, exponent)`"),
        '!' => Some("negate with `not(…)`"),
        '\\' => Some("backslashes belong inside of strings"),
        '–' | '—' => Some("use the hyphen `-`"),
        '~' => Some("regardless of case, values are compared by `=~` and `!~`"),
        '`' => Some("a multi-line string has three of them: ```…```"),
        _ => None,
    };
    let diagnostic = Diagnostic::error("KS002", span, format!("`{c}` has no meaning in KQL"));
    match help {
        Some(help) => diagnostic.with_help(help),
        None => diagnostic,
    }
}

/// A literal whose text is not of its type.
pub(crate) fn malformed_literal(span: Span, ty: &str, text: &str) -> Diagnostic {
    Diagnostic::error("KS004", span, format!("`{text}` is not a valid {ty} literal"))
}

/// The same, where a conversion function was probably meant.
pub(crate) fn literal_of_a_name(span: Span, ty: &str, text: &str) -> Diagnostic {
    malformed_literal(span, ty, text)
        .with_help(format!("to convert a value, write `to{ty}({})`", text.trim()))
}

// Text that does not follow the grammar.

/// A sign or a word of the grammar is missing.
pub(crate) fn expected(span: Span, what: &str) -> Diagnostic {
    let error = Diagnostic::error("KS005", span, format!("`{what}` was expected here"));
    match what {
        "by" => error.with_help("say by which column: `top 10 by Column`, `sort by Column`"),
        ".." => error.with_help("a range is written `(low .. high)`"),
        _ => error,
    }
}

/// One of several signs or words is missing.
pub(crate) fn expected_one_of(span: Span, what: &[&str], suggestion: Option<&str>) -> Diagnostic {
    let list = what.iter().map(|w| format!("`{w}`")).collect::<Vec<_>>();
    let message = match list.as_slice() {
        [only] => format!("{only} was expected here"),
        _ => format!("One of these was expected here: {}", list.join(", ")),
    };
    let diagnostic = Diagnostic::error("KS005", span, message);
    match suggestion {
        Some(word) => diagnostic.with_help(format!("did you mean `{word}`?")),
        None => diagnostic,
    }
}

/// The statement goes on where it should have ended.
pub(crate) fn expected_statement_end(span: Span, text: &str) -> Diagnostic {
    expected(span, ";")
        .with_help(format!("`{text}` begins a new statement: separate statements by `;`, operators by `|`"))
}

/// A part of the grammar that consists of several tokens is missing.
pub(crate) fn missing(span: Span, what: &str) -> Diagnostic {
    Diagnostic::error("KS006", span, format!("{what} is missing here"))
}

/// The same in front of a word of the grammar, which perhaps was meant as a name.
pub(crate) fn missing_before_word(span: Span, what: &str, word: &str) -> Diagnostic {
    missing(span, what).with_help(format!("`{word}` is a keyword; as a name it is written ['{word}']"))
}

/// `!=` without a right side. (Kusto's number differs from that of all other missing operands.)
pub(crate) fn missing_after_not_equal(span: Span) -> Diagnostic {
    Diagnostic::error("KS005", span, "The right side of `!=` is missing here")
}

/// `join` without `on`.
pub(crate) fn missing_join_condition(span: Span) -> Diagnostic {
    Diagnostic::error("KS006", span, "The `on` clause is missing")
        .with_help("add `on Column` or `on $left.a == $right.b`")
}

/// A word behind `:` that is no type.
pub(crate) fn invalid_type(span: Span, name: &str, suggestion: Option<&str>) -> Diagnostic {
    let diagnostic = Diagnostic::error("KS160", span, format!("`{name}` is not a type"));
    match suggestion {
        Some(word) => diagnostic.with_help(format!("did you mean `{word}`?")),
        None => diagnostic,
    }
}

/// A pipe that begins with an operator that needs input.
pub(crate) fn operator_cannot_be_first(span: Span, name: &str) -> Diagnostic {
    Diagnostic::error("KS174", span, format!("`{name}` needs a table in front of it"))
        .with_help(format!("begin with a table: `Table | {name} …`"))
}

/// An operator that makes rows of its own, behind `|`.
pub(crate) fn operator_must_be_first(span: Span, name: &str) -> Diagnostic {
    Diagnostic::error("KS175", span, format!("`{name}` takes no input, so that it cannot stand behind `|`"))
}

/// What stands behind `|` is no operator.
pub(crate) fn operator_expected(span: Span, found: Option<&str>, suggestion: Option<&str>) -> Diagnostic {
    let message = match found {
        Some(found) => format!("`{found}` is not a query operator"),
        None => "A query operator was expected behind `|`".to_owned(),
    };
    let diagnostic = Diagnostic::error("KS176", span, message);
    match suggestion {
        Some(word) => diagnostic.with_help(format!("did you mean `{word}`?")),
        None => diagnostic,
    }
}

/// Text that belongs to nothing.
pub(crate) fn unexpected_text(span: Span, text: &str) -> Diagnostic {
    Diagnostic::error("KS198", span, format!("`{text}` does not fit here"))
}

/// `{name}`: the placeholder of a client.
pub(crate) fn client_parameter(span: Span, name: &str) -> Diagnostic {
    Diagnostic::error(
        "KS213",
        span,
        format!("`{{{name}}}` is a placeholder that a client would have filled in"),
    )
    .with_help("put a value in its place")
}

/// A guid without `guid(…)`.
pub(crate) fn raw_guid(span: Span, text: &str) -> Diagnostic {
    Diagnostic::error("KS214", span, "A guid cannot stand here without its type")
        .with_help(format!("write guid({text}), or quote it"))
}

/// A word of the grammar that is used as a name.
pub(crate) fn name_needs_brackets(span: Span, name: &str) -> Diagnostic {
    Diagnostic::error("KS228", span, format!("`{name}` cannot be used as a name without brackets"))
        .with_help(format!("write ['{name}']"))
}

/// Deeper nesting than we follow.
pub(crate) fn too_deep(span: Span) -> Diagnostic {
    Diagnostic::error("KS245", span, "The query is nested too deeply from here on")
        .with_help("name inner parts with `let`")
}

/// `#name` at the head of the query.
pub(crate) fn unknown_directive(span: Span, name: &str) -> Diagnostic {
    Diagnostic::error("KS250", span, format!("`#{name}` is not a directive"))
        .with_help("a comment begins with `//`")
}

/// A text that begins with a dot.
pub(crate) fn control_command(span: Span) -> Diagnostic {
    Diagnostic::error("KS198", span, "A query cannot begin with `.`")
        .with_help("this looks like a management command; only queries are translated")
}

/// Part of the language that is parsed but not supported.
pub(crate) fn unsupported_syntax(span: Span, what: &str) -> Diagnostic {
    Diagnostic::error("LH001", span, format!("{what} is not supported"))
}

// What is known but not translated.

/// Something that Kusto has and we know, but do not translate.
pub fn unsupported(span: Span, name: &str, why: &str) -> Diagnostic {
    Diagnostic::error("LH001", span, format!("'{name}' is not supported: {why}"))
}

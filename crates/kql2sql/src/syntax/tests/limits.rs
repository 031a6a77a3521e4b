//! Texts that are long, deep, or nonsense.

use std::time::{Duration, Instant};

use crate::syntax::parse;

/// Whether it parses without errors. The tree is dropped on a stack of 2 MiB, that of every test's thread.
fn parses(source: &str) -> bool {
    let parse = parse(source);
    for diagnostic in &parse.diagnostics {
        assert_eq!(diagnostic.code, "KS245", "{diagnostic:?}");
    }
    assert!(parse.diagnostics.len() <= 1);
    parse.diagnostics.is_empty()
}

#[test]
fn deep_nesting_is_an_error_and_not_a_crash() {
    for (head, open, inner, close) in [
        ("print ", "(", "1", ")"),
        ("print ", "f(", "1", ")"),
        ("print ", "-(", "1", ")"),
        ("print ", "a[", "1", "]"),
        ("print dynamic(", "[", "1", "]"),
        ("print dynamic(", "{'a':", "1", "}"),
        ("T | where ", "1 + (2 == (", "3", "))"),
        ("T | where ", "a in (", "1", ")"),
        ("T | where ", "a between (1 .. f(", "1", "))"),
        ("T | where ", "toscalar(", "T", ")"),
        ("T | where ", "a or b and c == d + e * f has (", "1", ")"),
        ("", "union (", "T", ")"),
        ("T ", "| join (T ", "", ") on a"),
        ("T ", "| mv-apply a on (take 1 ", "", ")"),
        ("T ", "| fork (take 1 ", "", ")"),
        ("", "let f = () { ", "let a = 1", "; T }"),
    ] {
        let nested = |n: usize| {
            let end = if head.ends_with("dynamic(") { ")" } else { "" };
            format!("{head}{}{inner}{}{end}", open.repeat(n), close.repeat(n))
        };
        assert!(parses(&nested(20)), "{head}{open}");
        for n in [250, 500, 10_000] {
            parse(&nested(n));
        }
    }
    parse(&"(".repeat(100_000));
    parse(&"print -".repeat(10_000));
    parse(&format!("print {}1", "-".repeat(10_000)));
    parse(&format!("print a{}", ".b".repeat(10_000)));
    parse(&format!("print 1{}", " + 1".repeat(10_000)));
    parse(&format!("print {}", "{\"a\":[".repeat(10_000)));
}

#[test]
fn usual_depth_is_fine() {
    assert!(parses(&format!("print {}1{}", "(".repeat(300), ")".repeat(300))));
    assert!(parses(&format!("print {}1{}", "f(".repeat(130), ")".repeat(130))));
    assert!(parses(&format!("print 1{}", " + 1".repeat(490))));
    assert!(parses(&format!("{}T{}", "union (".repeat(120), ")".repeat(120))));
    assert!(parses(&format!("T | where a == 0{}", " or a == 1".repeat(5_000))));
    assert!(parses(&format!("T{}", " | where a == 1".repeat(5_000))));
}

#[test]
fn long_texts_take_linear_time() {
    let list: Vec<String> = (0..20_000).map(|i| format!("'value {i}'")).collect();
    let texts = [
        format!("T | where a in ({})", list.join(", ")),
        format!("print dynamic([{}])", list.join(", ")),
        format!("datatable (a:string) [{}]", list.join(", ")),
        format!("T{}", " | extend a = b + 1, c = f(d)".repeat(2_000)),
        format!("T | where {}", "a in (".repeat(200)) + &"1, ".repeat(10_000),
        "let a = 1; ".repeat(10_000),
        "T & ".repeat(10_000),
        "'".repeat(10_001),
        format!("print x = {}", "'a' ".repeat(20_000)),
    ];
    for text in texts {
        let start = Instant::now();
        parse(&text);
        // A debug build on a busy machine: what is quadratic takes minutes.
        assert!(start.elapsed() < Duration::from_secs(2), "{} …", &text[..20]);
    }
}

#[test]
fn nonsense_gives_errors() {
    let words = [
        "T",
        "|",
        "where",
        "(",
        ")",
        "[",
        "]",
        "{",
        "}",
        ",",
        ";",
        "=",
        "==",
        "by",
        "let",
        "'",
        "\"",
        "1d",
        "datetime(",
        "dynamic(",
        "in",
        "between",
        "..",
        "-",
        "*",
        "join",
        "on",
        "mv-apply",
        "scan",
        "step",
        ":",
        "=>",
        "#",
        "ä",
        "\\",
        "//",
        "\n",
        "union",
        "parse",
        "with",
        "\u{a0}",
        "h@'",
        "```",
        "typeof",
        "declare",
        "pattern",
        "restrict",
        "access",
        "fork",
        "top-nested",
        "render",
        "find",
        "project",
    ];
    // A linear congruential generator: the same texts every time.
    let mut state = 1u64;
    for _ in 0..3_000 {
        let mut text = String::new();
        for _ in 0..30 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            text.push_str(words[(state >> 33) as usize % words.len()]);
            if state >> 62 != 0 {
                text.push(' ');
            }
        }
        let parse = parse(&text);
        for d in &parse.diagnostics {
            assert!(text.get(d.span.start as usize..d.span.end as usize).is_some(), "{text}: {d:?}");
        }
        let tokens = super::super::lexer::lex(&text);
        let ends = tokens.iter().map(|t| t.span.end);
        let starts = tokens.iter().map(|t| t.span.start).skip(1).chain([text.len() as u32]);
        assert!(ends.eq(starts), "{text}");
    }
}

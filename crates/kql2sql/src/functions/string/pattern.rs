//! Regular expressions, in the syntax of the crate `regex`: <https://learn.microsoft.com/kusto/query/regex>.

use super::with_texts;
use crate::functions::conversion::convert_sql;
#[cfg(test)]
use crate::functions::conversion::text_literal;
use crate::functions::to_dynamic::call as runtime;
use crate::functions::*;
use crate::syntax::ast::Literal;
use crate::types::Type;
use regex_syntax::hir::{Hir, HirKind};
use sqlparser::ast;
use std::borrow::Cow;

/// Regular expressions.
pub static FUNCTIONS: &[Function] = &[
    Function {
        name: "regex_quote",
        doc: "The text as a regular expression that matches just it.",
        page: "regex-quote-function",
        overloads: &[overload(
            &[param("string", ParamKind::Scalar)],
            Returns::Type(Type::String),
            Lower::Build(|call| Ok(with_texts("kql_regex_quote", call, 1))),
        )],
        examples: &[example(r#"print regex_quote("1+1 (sum)")"#, r#"["1\\+1 \\(sum\\)"]"#)],
        ..Function::BASE
    },
    Function {
        name: "indexof_regex",
        doc: "The position of a match, counted from 0; -1 if there is none.",
        page: "indexof-regex-function",
        overloads: &[overload(
            &[
                param("string", ParamKind::Scalar),
                param("match", ParamKind::Scalar).form(ArgForm::Constant),
                param("start", ParamKind::Integer).optional(),
                param("length", ParamKind::Integer).optional(),
                param("occurrence", ParamKind::Integer).optional().form(ArgForm::Constant),
            ],
            Returns::Type(Type::Long),
            Lower::Build(indexof_regex),
        )],
        examples: &[
            example(r#"print indexof_regex("order 66", @"\d+"), indexof_regex("order", @"\d")"#, "[6, -1]"),
            example(
                r#"print indexof_regex("a1b2c3", @"\d", 2), indexof_regex("a1b2c3", @"\d", 0, -1, 3)"#,
                "[3, 5]",
            ),
        ],
        ..Function::BASE
    },
    Function {
        name: "extract",
        doc: "What a group of the first match matched (0 is all of it), as a text or converted to a type; empty or null without one.",
        page: "extract-function",
        overloads: &[
            overload(
                &[
                    param("regex", ParamKind::Types(&[Type::String])).form(ArgForm::Constant),
                    param("captureGroup", ParamKind::Types(&[Type::Long])),
                    param("source", ParamKind::Types(&[Type::String])),
                ],
                Returns::Type(Type::String),
                Lower::Build(extract),
            ),
            overload(
                &[
                    param("regex", ParamKind::Types(&[Type::String])).form(ArgForm::Constant),
                    param("captureGroup", ParamKind::Types(&[Type::Long])),
                    param("source", ParamKind::Types(&[Type::String])),
                    param("typeLiteral", ParamKind::Scalar).form(ArgForm::Type),
                ],
                Returns::ParameterNLiteral(3),
                Lower::Build(extract),
            ),
        ],
        examples: &[
            example(
                r#"print extract(@"user=(\w+)", 1, "id=7 user=ann"), extract(@"user=(\w+)", 1, "id=7")"#,
                r#"["ann", ""]"#,
            ),
            example(r#"print extract(@"id=(\d+)", 1, "id=7 user=ann", typeof(long))"#, "[7]"),
        ],
        ..Function::BASE
    },
    EXTRACT_ALL.obsolete("extractall"),
    EXTRACT_ALL,
    Function {
        name: "replace",
        doc: r#"The text with all matches replaced; `\1` stands for the first group."#,
        page: "replace-regex-function",
        overloads: &[overload(
            &[
                param("regex", ParamKind::Types(&[Type::String])).form(ArgForm::Constant),
                param("rewrite", ParamKind::Types(&[Type::String])).form(ArgForm::Constant),
                param("source", ParamKind::Types(&[Type::String])),
            ],
            Returns::Type(Type::String),
            Lower::Build(replace),
        )],
        obsolete: Some("replace_regex' or 'replace_string"),
        examples: &[example(
            r#"print replace(@"(\w+)@(\w+)", @"\2 at \1", "ann@contoso")"#,
            r#"["contoso at ann"]"#,
        )],
        ..Function::BASE
    },
    Function {
        name: "replace_regex",
        doc: r#"The text with all matches replaced; `\1` stands for the first group."#,
        page: "replace-regex-function",
        overloads: &[overload(
            &[
                param("source", ParamKind::Types(&[Type::String])),
                param("lookup_regex", ParamKind::Types(&[Type::String])).form(ArgForm::Constant),
                param("rewrite_pattern", ParamKind::Types(&[Type::String])).form(ArgForm::Constant),
            ],
            Returns::Type(Type::String),
            Lower::Build(|call| with_pattern("kql_replace_regex", call, 1)),
        )],
        examples: &[example(
            r##"print replace_regex("a1b22c", @"\d+", "#"), replace_regex("k=v", @"(\w)=(\w)", @"\2=\1")"##,
            r#"["a#b#c", "v=k"]"#,
        )],
        ..Function::BASE
    },
    Function {
        name: "trim_start",
        doc: "The text without the match at its start.",
        page: "trim-start-function",
        overloads: &[overload(
            &[
                param("regex", ParamKind::Types(&[Type::String])).form(ArgForm::Constant),
                param("source", ParamKind::Types(&[Type::String])),
            ],
            Returns::Type(Type::String),
            Lower::Build(|call| with_pattern("kql_trim_start", call, 0)),
        )],
        examples: &[example(
            r#"print trim_start("-", "--a--"), trim_start("-+", "--a--")"#,
            r#"["-a--", "a--"]"#,
        )],
        ..Function::BASE
    },
    Function {
        name: "trim_end",
        doc: "The text without the match at its end.",
        page: "trim-end-function",
        overloads: &[overload(
            &[
                param("regex", ParamKind::Types(&[Type::String])).form(ArgForm::Constant),
                param("source", ParamKind::Types(&[Type::String])),
            ],
            Returns::Type(Type::String),
            Lower::Build(|call| with_pattern("kql_trim_end", call, 0)),
        )],
        examples: &[example(r#"print trim_end(@"\d", "a12"), trim_end(@"\d+", "a12")"#, r#"["a1", "a"]"#)],
        ..Function::BASE
    },
    Function {
        name: "trim",
        doc: "The text without the matches at its start and at its end.",
        page: "trim-function",
        overloads: &[overload(
            &[
                param("regex", ParamKind::Types(&[Type::String])).form(ArgForm::Constant),
                param("source", ParamKind::Types(&[Type::String])),
            ],
            Returns::Type(Type::String),
            Lower::Build(|call| with_pattern("kql_trim", call, 0)),
        )],
        examples: &[example(
            r#"print trim(@"\s+", "  a b "), trim("\"", "\"quoted\"")"#,
            r#"["a b", "quoted"]"#,
        )],
        ..Function::BASE
    },
];

const EXTRACT_ALL: Function = Function {
    name: "extract_all",
    doc: "The groups of all matches: an array of texts for one group, of arrays for several; null without a match.",
    page: "extract-all-function",
    overloads: &[
        overload(
            &[
                param("regex", ParamKind::Types(&[Type::String])).form(ArgForm::Constant),
                param("source", ParamKind::Types(&[Type::String])),
            ],
            Returns::Dynamic(Shape::ARRAY),
            Lower::Build(extract_all),
        ),
        overload(
            &[
                param("regex", ParamKind::Types(&[Type::String])).form(ArgForm::Constant),
                param("captureGroups", ParamKind::DynamicArray),
                param("source", ParamKind::Types(&[Type::String])),
            ],
            Returns::Dynamic(Shape::ARRAY),
            Lower::Build(extract_all),
        ),
    ],
    examples: &[
        example(r#"print extract_all(@"(\d+)", "1, 22 and 333")"#, r#"[["1", "22", "333"]]"#),
        example(r#"print extract_all(@"(\w)=(\w)", dynamic([2]), "a=b c=d")"#, r#"[["b", "d"]]"#),
        example(r#"print extract_all(@"(\w)=(\w)", "a=b c=d")"#, r#"[[["a", "b"], ["c", "d"]]]"#),
    ],
    ..Function::BASE
};

/// What is known of a constant regular expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Groups {
    /// The names of its groups, from the first on; `None` for one without a name.
    pub names: Vec<Option<String>>,
}

/// Reads the regular expression that an argument is, where it is a literal.
///
/// An argument that is not known before the query runs gives `None`; one that is no regular expression
/// a refusal that says where it goes wrong.
pub fn check(arg: &Arg) -> Result<Option<Groups>, Refusal> {
    let Some(Literal::String(pattern)) = &arg.literal else { return Ok(None) };
    let refusal = |reason| Refusal(format!("this is not a regular expression: {reason}"));
    let parsed = regex_syntax::parse(&readable(pattern).map_err(refusal)?);
    let mut names = Vec::new();
    collect_groups(&parsed.map_err(|error| refusal(error.to_string()))?, &mut names);
    Ok(Some(Groups { names }))
}
/// A regular expression in the syntax of the crate `regex`, from Kusto's.
///
/// They are the same, but Kusto once used RE2, and queries of that time are still around. What only RE2
/// reads is rewritten: a brace that begins no repetition (`{"Name":`), a bracket or an escaped angle
/// bracket in a class (`[[]`, `[\<]`), `\0`. The error says what is wrong with the pattern as it stands.
pub fn readable(pattern: &str) -> Result<Cow<'_, str>, String> {
    let Err(error) = regex_syntax::parse(pattern) else { return Ok(Cow::Borrowed(pattern)) };
    let rewritten = from_re2(pattern);
    match regex_syntax::parse(&rewritten) {
        Ok(_) => Ok(Cow::Owned(rewritten)),
        // The last line says what is wrong; those before it show the pattern.
        Err(_) => {
            let text = error.to_string();
            let reason = text.lines().last().unwrap_or_default();
            Err(reason.strip_prefix("error: ").unwrap_or(reason).to_owned())
        }
    }
}

fn from_re2(pattern: &str) -> String {
    let mut out = String::with_capacity(pattern.len() + 8);
    let mut in_class = false;
    let mut rest = pattern;
    while let Some(c) = rest.chars().next() {
        let after = &rest[c.len_utf8()..];
        let mut taken = c.len_utf8();
        match c {
            '\\' => {
                let escaped = after.chars().next();
                taken += escaped.map_or(0, char::len_utf8);
                match escaped {
                    Some('0') => {
                        let digits = after.bytes().take(3).take_while(|b| matches!(b, b'0'..=b'7')).count();
                        let value = u32::from_str_radix(&after[..digits], 8).unwrap_or(0);
                        out.push_str(&format!("\\x{{{value:x}}}"));
                        taken = 1 + digits;
                    }
                    Some(angle @ ('<' | '>')) if in_class => out.push(angle),
                    _ => out.push_str(&rest[..taken]),
                }
            }
            '[' if in_class && after.starts_with(':') => {
                // A named class: `[:alpha:]`.
                taken = rest.find(":]").map_or(1, |end| end + 2);
                out.push_str(&rest[..taken]);
            }
            '[' if in_class => out.push_str(r"\["),
            '[' => {
                in_class = true;
                taken += usize::from(after.starts_with('^'));
                out.push_str(&rest[..taken]);
                // A closing bracket right at the start is text.
                if rest[taken..].starts_with(']') {
                    out.push_str(r"\]");
                    taken += 1;
                }
            }
            ']' => {
                in_class = false;
                out.push(']');
            }
            '&' | '~' if in_class => out.extend(['\\', c]),
            '{' if !in_class && !begins_repetition(after) => out.push_str(r"\{"),
            _ => out.push(c),
        }
        rest = &rest[taken..];
    }
    out
}

/// Whether what follows a brace makes it a repetition: `3}`, `3,}`, `3,5}`.
fn begins_repetition(after: &str) -> bool {
    let Some((range, _)) = after.split_once('}') else { return false };
    let (least, most) = range.split_once(',').unwrap_or((range, "0"));
    let number = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
    !least.is_empty() && number(least) && number(most)
}

fn collect_groups(hir: &Hir, names: &mut Vec<Option<String>>) {
    match hir.kind() {
        HirKind::Capture(capture) => {
            let at = capture.index as usize - 1;
            if names.len() <= at {
                names.resize(at + 1, None);
            }
            names[at] = capture.name.as_deref().map(str::to_owned);
            collect_groups(&capture.sub, names);
        }
        HirKind::Repetition(repetition) => collect_groups(&repetition.sub, names),
        HirKind::Concat(parts) | HirKind::Alternation(parts) => {
            parts.iter().for_each(|part| collect_groups(part, names));
        }
        HirKind::Empty | HirKind::Literal(_) | HirKind::Class(_) | HirKind::Look(_) => {}
    }
}

/// A call of the function of that name, with the regular expression among the arguments checked.
fn with_pattern(name: &str, call: Call, pattern: usize) -> Result<ast::Expr, Refusal> {
    check(&call.args[pattern])?;
    Ok(runtime(name, call.sqls()))
}

fn indexof_regex(call: Call) -> Result<ast::Expr, Refusal> {
    check(&call.args[1])?;
    Ok(with_texts("kql_indexof_regex", call, 2))
}

fn replace(call: Call) -> Result<ast::Expr, Refusal> {
    check(&call.args[0])?;
    let [regex, rewrite, source] = call.args.as_slice() else {
        return Err(Refusal("it takes three arguments".into()));
    };
    let args = [source, regex, rewrite].map(|arg| arg.sql.clone());
    Ok(runtime("kql_replace_regex", args))
}

fn extract(call: Call) -> Result<ast::Expr, Refusal> {
    check(&call.args[0])?;
    let sql = runtime("kql_extract", call.args[..3].iter().map(|arg| arg.sql.clone()));
    let text = Arg { sql, ty: Type::String, literal: None };
    convert_sql(text, call.ty).ok_or_else(|| Refusal(format!("a text is not converted to {}", call.ty)))
}

/// The most groups that `extract_all` takes.
const MOST_GROUPS: usize = 16;

fn extract_all(call: Call) -> Result<ast::Expr, Refusal> {
    let groups = check(&call.args[0])?;
    if let Some(groups) = &groups {
        match groups.names.len() {
            0 => {
                return Err(Refusal("its regular expression needs at least one group in parentheses".into()));
            }
            1..=MOST_GROUPS => {}
            n => {
                return Err(Refusal(format!("its regular expression has {n} groups, {MOST_GROUPS} at most")));
            }
        }
    }
    let args = call.sqls();
    Ok(runtime(if args.len() == 2 { "kql_extract_all" } else { "kql_extract_all_groups" }, args))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn literal(pattern: &str) -> Arg {
        Arg {
            sql: text_literal(pattern),
            ty: Type::String,
            literal: Some(Literal::String(pattern.to_owned())),
        }
    }

    #[test]
    fn groups_are_counted_and_named() {
        let names = |pattern: &str| check(&literal(pattern)).unwrap().unwrap().names;
        assert_eq!(names(r"(a)(?:b)(?P<user>c(d)*)|(e)"), [None, Some("user".into()), None, None]);
        assert!(names(r"\(a\)[(]").is_empty());
    }

    #[test]
    fn what_is_no_pattern_is_refused_with_the_reason() {
        let refusal = check(&literal("a(b")).unwrap_err();
        assert_eq!(refusal.0, "this is not a regular expression: unclosed group");
        assert!(check(&literal("(?!x)")).is_err());
    }

    #[test]
    fn patterns_of_re2_are_read() {
        for (old, new) in [
            (r#"{"Name":"([^"]+)"}"#, r#"\{"Name":"([^"]+)"}"#),
            (r"a{2,3}b{c", r"a{2,3}b\{c"),
            (r"[[\]{}]+x", r"[\[\]{}]+x"),
            (r"[][:alpha:][\<\>]{2}", r"[\][:alpha:]\[<>]{2}"),
            (r"\0|\012[\00]", r"\x{0}|\x{a}[\x{0}]"),
        ] {
            assert_eq!(readable(old).as_deref(), Ok(new), "{old}");
        }
        // What both read stays as it is, even where they differ.
        assert_eq!(readable(r"[a-z&&[^b]]\<").as_deref(), Ok(r"[a-z&&[^b]]\<"));
        assert!(readable(r"(a)\1").is_err());
    }

    #[test]
    fn extract_all_needs_a_group() {
        let args = vec![literal("a+"), literal("aaa")];
        assert!(extract_all(Call { args, ty: Type::Dynamic }).is_err());
    }
}

//! Paths to members: `d.a['b'][0]`.

use super::number::Number;
use super::scan::{Kind, elements, trim};
use super::text::string_value;

/// One step into a value.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Step {
    /// To the member of an object.
    Name(Box<str>),
    /// To the element of an array; negative numbers count from the end, -1 is the last.
    Index(i64),
}

/// A path: no step is the value itself.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Path {
    /// The steps from the outside in.
    pub steps: Vec<Step>,
}

impl Path {
    /// Reads a path from a JSON array: strings are names, integers (and bools, as 0 and 1) indexes. `None` if it is
    /// anything else: such a path leads nowhere.
    ///
    /// ```
    /// use lakehunt::dynamic::path::Path;
    ///
    /// assert_eq!(Path::from_json(r#"["a",-1]"#).unwrap().steps.len(), 2);
    /// assert_eq!(Path::from_json("[null]"), None);
    /// ```
    pub fn from_json(json: &str) -> Option<Path> {
        let json = trim(json);
        if Kind::of(json) != Some(Kind::Array) {
            return None;
        }
        let step = |step| match Kind::of(step)? {
            Kind::String => Some(Step::Name(string_value(step)?.into())),
            Kind::Number => match Number::parse(step)? {
                Number::Long(index) => Some(Step::Index(index)),
                Number::Real(_) => None,
            },
            Kind::Bool => Some(Step::Index((step == "true").into())),
            Kind::Null | Kind::Array | Kind::Object => None,
        };
        Some(Path { steps: elements(json).map(step).collect::<Option<_>>()? })
    }

    /// Reads a path in JSONPath notation, as far as Kusto has it: `$.a.b`, `$['a b'][0]`,
    /// <https://learn.microsoft.com/kusto/query/jsonpath>.
    ///
    /// ```
    /// use lakehunt::dynamic::path::{Path, Step};
    ///
    /// let path = Path::from_jsonpath("$.a['b c'][0]").unwrap();
    /// assert_eq!(path.steps, [Step::Name("a".into()), Step::Name("b c".into()), Step::Index(0)]);
    /// assert_eq!(Path::from_jsonpath("a.b"), None);
    /// ```
    pub fn from_jsonpath(text: &str) -> Option<Path> {
        let mut rest = text.strip_prefix('$')?;
        let mut steps = Vec::new();
        while !rest.is_empty() {
            if let Some(name) = rest.strip_prefix('.') {
                let end = name.find(['.', '[']).unwrap_or(name.len());
                let (name, after) = name.split_at(end);
                if name.is_empty() || name == "*" {
                    // `..` and `.*` are not in Kusto's JSONPath; `.['a']` is as good as `['a']`.
                    if !(name.is_empty() && after.starts_with('[')) {
                        return None;
                    }
                } else {
                    steps.push(Step::Name(name.into()));
                }
                rest = after;
                continue;
            }
            let inside = rest.strip_prefix('[')?;
            if let Some(quote) = inside.chars().next().filter(|c| matches!(c, '\'' | '"')) {
                let (name, after) = inside[1..].split_once(quote)?;
                steps.push(Step::Name(name.into()));
                rest = after.strip_prefix(']')?;
            } else {
                let (index, after) = inside.split_once(']')?;
                steps.push(Step::Index(index.trim().parse().ok()?));
                rest = after;
            }
        }
        Some(Path { steps })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_from_json() {
        let name = |s: &str| Step::Name(s.into());
        assert_eq!(Path::from_json("[]"), Some(Path::default()));
        assert_eq!(
            Path::from_json(r#" ["a\u0062", -1, true] "#).unwrap().steps,
            [name("ab"), Step::Index(-1), Step::Index(1)]
        );
        for json in ["", "\"a\"", "{}", "[1.5]", "[[]]", "[null]", "null"] {
            assert_eq!(Path::from_json(json), None, "{json}");
        }
    }

    #[test]
    fn paths_from_jsonpath() {
        let name = |s: &str| Step::Name(s.into());
        assert_eq!(Path::from_jsonpath("$").unwrap().steps, []);
        assert_eq!(Path::from_jsonpath("$.a.b").unwrap().steps, [name("a"), name("b")]);
        assert_eq!(Path::from_jsonpath("$.a.['b'][\"c\"]").unwrap().steps, [name("a"), name("b"), name("c")]);
        assert_eq!(Path::from_jsonpath("$['a.b'][10]").unwrap().steps, [name("a.b"), Step::Index(10)]);
        for text in ["", "a", "$a", "$.", "$..a", "$.*", "$[*]", "$[", "$['a", "$['a'", "$[1", "$.a[x]"] {
            assert_eq!(Path::from_jsonpath(text), None, "{text}");
        }
    }
}

//! The operators of text: terms, parts, beginnings and ends, regular expressions.

use super::*;

const STRING: ParamKind = ParamKind::Types(&[Type::String]);
const TEXT: ParamKind = ParamKind::StringOrDynamic;

/// A string operator: `$runtime(left, right)`, negated for the `!` forms.
macro_rules! string_operator {
    ($name:literal, $doc:literal, $page:literal, $right:expr, $runtime:literal, $negated:literal,
        [$($example:expr),* $(,)?]) => {
        operator!($name, $doc, $page, [
            two!(ParamKind::StringOrDynamic, $right, Returns::Type(Type::Bool), |call| {
                let args = call.sqls();
                let test = runtime($runtime, args);
                Ok(if $negated { not(test) } else { test })
            }),
        ], [$($example),*])
    };
}

/// The operators of text.
pub static FUNCTIONS: &[Function] = &[
    string_operator!(
        "=~",
        "True if the texts are equal, whatever the case of their letters.",
        "equals-operator",
        TEXT,
        "kql_equals_ci",
        false,
        [example("print 'ABC' =~ 'abc'", "[true]")]
    ),
    string_operator!(
        "!~",
        "True if the texts differ by more than the case of their letters.",
        "not-equals-operator",
        TEXT,
        "kql_equals_ci",
        true,
        [example("print 'ABC' !~ 'abc'", "[false]")]
    ),
    string_operator!(
        "has",
        "True if the text has the term: a word between characters that are neither letters nor digits.",
        "has-operator",
        STRING,
        "kql_has",
        false,
        [example("print 'North America' has 'america', 'Northern' has 'north'", "[true, false]")]
    ),
    string_operator!(
        "!has",
        "True if the text does not have the term.",
        "not-has-operator",
        STRING,
        "kql_has",
        true,
        [example("print 'North America' !has 'america'", "[false]")]
    ),
    string_operator!(
        "has_cs",
        "True if the text has the term; the case of letters counts.",
        "has-cs-operator",
        STRING,
        "kql_has_cs",
        false,
        [example("print 'North America' has_cs 'america'", "[false]")]
    ),
    string_operator!(
        "!has_cs",
        "True if the text does not have the term; the case of letters counts.",
        "not-has-cs-operator",
        STRING,
        "kql_has_cs",
        true,
        [example("print 'North America' !has_cs 'america'", "[true]")]
    ),
    string_operator!(
        "hasprefix",
        "True if a term of the text begins so.",
        "hasprefix-operator",
        STRING,
        "kql_hasprefix",
        false,
        [example("print 'North America' hasprefix 'ame'", "[true]")]
    ),
    string_operator!(
        "!hasprefix",
        "True if no term of the text begins so.",
        "not-hasprefix-operator",
        STRING,
        "kql_hasprefix",
        true,
        [example("print 'North America' !hasprefix 'ame'", "[false]")]
    ),
    string_operator!(
        "hasprefix_cs",
        "True if a term of the text begins so; the case of letters counts.",
        "hasprefix-cs-operator",
        STRING,
        "kql_hasprefix_cs",
        false,
        [example("print 'North America' hasprefix_cs 'ame'", "[false]")]
    ),
    string_operator!(
        "!hasprefix_cs",
        "True if no term of the text begins so; the case of letters counts.",
        "not-hasprefix-cs-operator",
        STRING,
        "kql_hasprefix_cs",
        true,
        [example("print 'North America' !hasprefix_cs 'ame'", "[true]")]
    ),
    string_operator!(
        "hassuffix",
        "True if a term of the text ends so.",
        "hassuffix-operator",
        STRING,
        "kql_hassuffix",
        false,
        [example("print 'North America' hassuffix 'RTH'", "[true]")]
    ),
    string_operator!(
        "!hassuffix",
        "True if no term of the text ends so.",
        "not-hassuffix-operator",
        STRING,
        "kql_hassuffix",
        true,
        [example("print 'North America' !hassuffix 'RTH'", "[false]")]
    ),
    string_operator!(
        "hassuffix_cs",
        "True if a term of the text ends so; the case of letters counts.",
        "hassuffix-cs-operator",
        STRING,
        "kql_hassuffix_cs",
        false,
        [example("print 'North America' hassuffix_cs 'RTH'", "[false]")]
    ),
    string_operator!(
        "!hassuffix_cs",
        "True if no term of the text ends so; the case of letters counts.",
        "not-hassuffix-cs-operator",
        STRING,
        "kql_hassuffix_cs",
        true,
        [example("print 'North America' !hassuffix_cs 'RTH'", "[true]")]
    ),
    string_operator!(
        "contains",
        "True if the text contains the other.",
        "contains-operator",
        TEXT,
        "kql_contains",
        false,
        [example("print 'Fabrikam' contains 'BRik'", "[true]")]
    ),
    string_operator!(
        "!contains",
        "True if the text does not contain the other.",
        "not-contains-operator",
        TEXT,
        "kql_contains",
        true,
        [example("print 'Fabrikam' !contains 'BRik'", "[false]")]
    ),
    string_operator!(
        "contains_cs",
        "True if the text contains the other; the case of letters counts.",
        "contains-cs-operator",
        TEXT,
        "kql_contains_cs",
        false,
        [example("print 'Fabrikam' contains_cs 'BRik'", "[false]")]
    ),
    string_operator!(
        "!contains_cs",
        "True if the text does not contain the other; the case of letters counts.",
        "not-contains-cs-operator",
        TEXT,
        "kql_contains_cs",
        true,
        [example("print 'Fabrikam' !contains_cs 'BRik'", "[true]")]
    ),
    string_operator!(
        "startswith",
        "True if the text begins so.",
        "startswith-operator",
        TEXT,
        "kql_startswith",
        false,
        [example("print 'Fabrikam' startswith 'FAB'", "[true]")]
    ),
    string_operator!(
        "!startswith",
        "True if the text does not begin so.",
        "not-startswith-operator",
        TEXT,
        "kql_startswith",
        true,
        [example("print 'Fabrikam' !startswith 'FAB'", "[false]")]
    ),
    string_operator!(
        "startswith_cs",
        "True if the text begins so; the case of letters counts.",
        "startswith-cs-operator",
        TEXT,
        "kql_startswith_cs",
        false,
        [example("print 'Fabrikam' startswith_cs 'FAB'", "[false]")]
    ),
    string_operator!(
        "!startswith_cs",
        "True if the text does not begin so; the case of letters counts.",
        "not-startswith-cs-operator",
        TEXT,
        "kql_startswith_cs",
        true,
        [example("print 'Fabrikam' !startswith_cs 'FAB'", "[true]")]
    ),
    string_operator!(
        "endswith",
        "True if the text ends so.",
        "endswith-operator",
        TEXT,
        "kql_endswith",
        false,
        [example("print 'Fabrikam' endswith 'KAM'", "[true]")]
    ),
    string_operator!(
        "!endswith",
        "True if the text does not end so.",
        "not-endswith-operator",
        TEXT,
        "kql_endswith",
        true,
        [example("print 'Fabrikam' !endswith 'KAM'", "[false]")]
    ),
    string_operator!(
        "endswith_cs",
        "True if the text ends so; the case of letters counts.",
        "endswith-cs-operator",
        TEXT,
        "kql_endswith_cs",
        false,
        [example("print 'Fabrikam' endswith_cs 'KAM'", "[false]")]
    ),
    string_operator!(
        "!endswith_cs",
        "True if the text does not end so; the case of letters counts.",
        "not-endswith-cs-operator",
        TEXT,
        "kql_endswith_cs",
        true,
        [example("print 'Fabrikam' !endswith_cs 'KAM'", "[true]")]
    ),
    operator!(
        "matches regex",
        "True if the regular expression is found in the text.",
        "matches-regex-operator",
        [two!(TEXT, TEXT, Returns::Type(Type::Bool), |call| {
            crate::functions::string::pattern::check(&call.args[1])?;
            Ok(runtime("kql_matches_regex", call.sqls()))
        })],
        [example("print 'Fabrikam' matches regex '^Fa.*m$'", "[true]")]
    ),
    string_operator!(
        "has_any",
        "True if the text has one of the terms.",
        "has-any-operator",
        ParamKind::Scalar,
        "kql_has_any",
        false,
        [example("print 'North America' has_any ('south', 'america')", "[true]")]
    ),
    string_operator!(
        "has_all",
        "True if the text has all of the terms.",
        "has-all-operator",
        ParamKind::Scalar,
        "kql_has_all",
        false,
        [example("print 'North America' has_all ('south', 'america')", "[false]")]
    ),
];

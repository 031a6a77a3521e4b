//! The runtime's side of the string operators: `kql_has(haystack, needle)` and so on, never null.

use super::array::elements;
use super::case;
use super::document::{self, Find};
use super::search::{Place, Search};
use super::terms::{HasAll, HasAny, HasAnyIndex};
use crate::functions::adapter::{ArgType, Args, Cache, ReturnType, ScalarKernel};
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;
use std::collections::HashSet;

/// An operator with a needle that is prepared once if it is constant; for strings, and as its `of_document` for the text
/// of a dynamic value.
macro_rules! search {
    ($name:literal, $document:literal, $finder:ty, $prepare:expr) => {
        ScalarKernel {
            of_document: Some(&ScalarKernel {
                null_is_empty: false,
                ..predicate($document, |a| {
                    static CACHE: Cache<$finder> = Cache::new($prepare);
                    in_documents(a, &CACHE)
                })
            }),
            ..predicate($name, |a| {
                static CACHE: Cache<$finder> = Cache::new($prepare);
                in_texts(a, &CACHE)
            })
        }
    };
}

/// An operator that looks at the ends of the text.
macro_rules! edge {
    ($args:expr, $place:expr, $ignore_case:expr) => {{
        static CACHE: Cache<Search> = Cache::new(|needle| Search::new(needle, $place, $ignore_case));
        in_texts($args, &CACHE)
    }};
}

/// `has`, `contains` …: (haystack, needle) → bool; `has_any` …: (haystack, dynamic array) → bool.
pub static SCALARS: &[ScalarKernel] = &[
    search!("kql_has", "kql_document_has", Search, |n| Search::new(n, Place::Term, true)),
    search!("kql_has_cs", "kql_document_has_cs", Search, |n| Search::new(n, Place::Term, false)),
    search!("kql_hasprefix", "kql_document_hasprefix", Search, |n| Search::new(n, Place::TermStart, true)),
    search!("kql_hasprefix_cs", "kql_document_hasprefix_cs", Search, |n| {
        Search::new(n, Place::TermStart, false)
    }),
    search!("kql_hassuffix", "kql_document_hassuffix", Search, |n| Search::new(n, Place::TermEnd, true)),
    search!("kql_hassuffix_cs", "kql_document_hassuffix_cs", Search, |n| {
        Search::new(n, Place::TermEnd, false)
    }),
    search!("kql_contains", "kql_document_contains", Search, |n| Search::new(n, Place::Anywhere, true)),
    search!("kql_contains_cs", "kql_document_contains_cs", Search, |n| {
        Search::new(n, Place::Anywhere, false)
    }),
    search!("kql_has_any", "kql_document_has_any", HasAny, |json| HasAny::new(&elements(json))),
    search!("kql_has_all", "kql_document_has_all", HasAll, |json| HasAll::new(&elements(json))),
    predicate("kql_startswith", |a| edge!(a, Place::Start, true)),
    predicate("kql_startswith_cs", |a| edge!(a, Place::Start, false)),
    predicate("kql_endswith", |a| edge!(a, Place::End, true)),
    predicate("kql_endswith_cs", |a| edge!(a, Place::End, false)),
    predicate("kql_equals_ci", |a| edge!(a, Place::Whole, true)),
    predicate("kql_in_ci", |a| {
        static CACHE: Cache<HashSet<String>> = Cache::new(|json| {
            elements(json).iter().map(|e| case::fold_str(e.as_ref()).into_owned()).collect()
        });
        let (text, mut set) = (a.text(0)?, CACHE.prepare(a.text(1)?));
        Ok(a.answers(0, |row| set.get(row).contains(case::fold_str(text.get(row)).as_ref())))
    }),
    ScalarKernel {
        returns: ReturnType::Long,
        ..predicate("kql_has_any_index", |a| {
            static CACHE: Cache<HasAnyIndex> = Cache::new(|json| HasAnyIndex::new(&elements(json)));
            let (haystack, mut needles) = (a.text(0)?, CACHE.prepare(a.text(1)?));
            a.collect(|row| Some(needles.get(row).position(haystack.get(row))))
        })
    },
];

/// Something about two texts that is true or false.
pub const fn predicate(name: &'static str, eval: fn(&Args<'_>) -> Result<ArrayRef>) -> ScalarKernel {
    ScalarKernel {
        name,
        args: &[ArgType::Text, ArgType::Text],
        returns: ReturnType::Bool,
        null_is_empty: true,
        eval,
        ..ScalarKernel::BASE
    }
}

fn in_texts<T: Find>(args: &Args<'_>, cache: &Cache<T>) -> Result<ArrayRef> {
    let (haystack, mut needle) = (args.text(0)?, cache.prepare(args.text(1)?));
    Ok(args.answers(0, |row| needle.get(row).is_match(haystack.get(row))))
}

fn in_documents<T: Find>(args: &Args<'_>, cache: &Cache<T>) -> Result<ArrayRef> {
    let (document, mut needle) = (args.text(0)?, cache.prepare(args.text(1)?));
    Ok(args.answers(0, |row| document::is_match(needle.get(row), document.get_opt(row))))
}

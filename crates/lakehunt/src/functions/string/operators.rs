//! The runtime's side of the string operators: `kql_has(haystack, needle)` and so on, never null.

use super::array::elements;
use super::case;
use super::search::{Place, Search};
use super::terms::{HasAll, HasAny, HasAnyIndex};
use crate::functions::adapter::{ArgType, Args, Cache, ReturnType, ScalarKernel};
use datafusion::arrow::array::{ArrayRef, BooleanArray};
use datafusion::arrow::buffer::BooleanBuffer;
use datafusion::common::Result;
use std::collections::HashSet;
use std::sync::Arc;

/// A search whose needle is prepared once if it is constant.
macro_rules! search {
    ($args:expr, $place:expr, $ignore_case:expr) => {{
        static CACHE: Cache<Search> = Cache::new(|needle| Search::new(needle, $place, $ignore_case));
        let (haystack, mut needle) = ($args.text(0)?, CACHE.prepare($args.text(1)?));
        Ok(bools($args, |row| needle.get(row).is_match(haystack.get(row))))
    }};
}
/// `has`, `contains` …: (haystack, needle) → bool; `has_any` …: (haystack, dynamic array) → bool.
pub static SCALARS: &[ScalarKernel] = &[
    predicate("kql_has", |a| search!(a, Place::Term, true)),
    predicate("kql_has_cs", |a| search!(a, Place::Term, false)),
    predicate("kql_hasprefix", |a| search!(a, Place::TermStart, true)),
    predicate("kql_hasprefix_cs", |a| search!(a, Place::TermStart, false)),
    predicate("kql_hassuffix", |a| search!(a, Place::TermEnd, true)),
    predicate("kql_hassuffix_cs", |a| search!(a, Place::TermEnd, false)),
    predicate("kql_contains", |a| search!(a, Place::Anywhere, true)),
    predicate("kql_contains_cs", |a| search!(a, Place::Anywhere, false)),
    predicate("kql_startswith", |a| search!(a, Place::Start, true)),
    predicate("kql_startswith_cs", |a| search!(a, Place::Start, false)),
    predicate("kql_endswith", |a| search!(a, Place::End, true)),
    predicate("kql_endswith_cs", |a| search!(a, Place::End, false)),
    predicate("kql_equals_ci", |a| search!(a, Place::Whole, true)),
    predicate("kql_in_ci", |a| {
        static CACHE: Cache<HashSet<String>> = Cache::new(|json| {
            elements(json).iter().map(|e| case::fold_str(e.as_ref()).into_owned()).collect()
        });
        let (text, mut set) = (a.text(0)?, CACHE.prepare(a.text(1)?));
        Ok(bools(a, |row| set.get(row).contains(case::fold_str(text.get(row)).as_ref())))
    }),
    predicate("kql_has_any", |a| {
        static CACHE: Cache<HasAny> = Cache::new(|json| HasAny::new(&elements(json)));
        let (haystack, mut needles) = (a.text(0)?, CACHE.prepare(a.text(1)?));
        Ok(bools(a, |row| needles.get(row).is_match(haystack.get(row))))
    }),
    predicate("kql_has_all", |a| {
        static CACHE: Cache<HasAll> = Cache::new(|json| HasAll::new(&elements(json)));
        let (haystack, mut needles) = (a.text(0)?, CACHE.prepare(a.text(1)?));
        Ok(bools(a, |row| needles.get(row).is_match(haystack.get(row))))
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
        eval,
        ..ScalarKernel::BASE
    }
}

/// An answer for each row, none of them null.
fn bools(args: &Args<'_>, answer: impl FnMut(usize) -> bool) -> ArrayRef {
    Arc::new(BooleanArray::new(BooleanBuffer::collect_bool(args.rows(), answer), None))
}

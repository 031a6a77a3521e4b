//! Finding members by their paths.

use super::path::{Path, Step};
use super::scan::{Kind, elements, members, skip_blanks, skip_container, skip_string, skip_value, trim};
use super::text::means;
use kql2sql::json::push_escaped;
use memchr::{memchr, memchr_iter, memchr2, memmem};

/// Several paths, to be followed in one pass over each document.
#[derive(Debug, Clone)]
pub struct Paths {
    root: Node,
    count: usize,
}

/// A step that some of the paths have in common.
#[derive(Debug, Clone, Default)]
struct Node {
    /// The paths that end here.
    ends: Vec<usize>,
    names: Vec<Name>,
    indexes: Vec<(i64, Node)>,
}

#[derive(Debug, Clone)]
struct Name {
    name: Box<str>,
    /// Finds `"name"`; `None` for a name that JSON can spell in several ways without `\u`.
    finder: Option<memmem::Finder<'static>>,
    node: Node,
}

/// Below this size an object is walked member by member; above it, names are searched for.
const SMALL: usize = 192;
/// Each name searched for reads the text once; with more of them a walk is cheaper.
const FEW: usize = 8;

impl Paths {
    /// The paths; `None` leads nowhere.
    pub fn new<'a>(paths: impl IntoIterator<Item = Option<&'a Path>>) -> Paths {
        let mut root = Node::default();
        let mut count = 0;
        for path in paths {
            if let Some(path) = path {
                root.add(&path.steps, count);
            }
            count += 1;
        }
        Paths { root, count }
    }

    /// How many paths there are.
    pub fn len(&self) -> usize {
        self.count
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// Puts what each path leads to in `json` into `found`, in the order of the paths: the text of the value.
    /// Where there is nothing, or a null, it becomes `None`.
    ///
    /// `found` must be as long as there are paths.
    pub fn find<'a>(&self, json: &'a str, found: &mut [Option<&'a str>]) {
        found.fill(None);
        self.root.follow(trim(json), found);
    }
}

impl Node {
    fn add(&mut self, steps: &[Step], path: usize) {
        let Some((first, rest)) = steps.split_first() else {
            self.ends.push(path);
            return;
        };
        let node = match first {
            Step::Name(name) => {
                let at = self.names.iter().position(|n| n.name == *name).unwrap_or_else(|| {
                    self.names.push(Name::new(name));
                    self.names.len() - 1
                });
                &mut self.names[at].node
            }
            Step::Index(index) => {
                let at = self.indexes.iter().position(|n| n.0 == *index).unwrap_or_else(|| {
                    self.indexes.push((*index, Node::default()));
                    self.indexes.len() - 1
                });
                &mut self.indexes[at].1
            }
        };
        node.add(rest, path);
    }

    /// Recurses over the steps of the paths, not over the nesting of the text.
    fn follow<'a>(&self, value: &'a str, found: &mut [Option<&'a str>]) {
        let kind = Kind::of(value);
        if kind.is_none() || kind == Some(Kind::Null) {
            return;
        }
        for path in &self.ends {
            found[*path] = Some(value);
        }
        match kind {
            Some(Kind::Object) if !self.names.is_empty() => self.follow_names(value, found),
            Some(Kind::Array) if !self.indexes.is_empty() => self.follow_indexes(value, found),
            _ => {}
        }
    }

    fn follow_names<'a>(&self, object: &'a str, found: &mut [Option<&'a str>]) {
        if object.len() < SMALL || self.names.len() > FEW || !self.search(object, found) {
            self.walk(object, found);
        }
    }

    /// Member by member.
    fn walk<'a>(&self, object: &'a str, found: &mut [Option<&'a str>]) {
        // The first of several members of the same name counts.
        let mut left: Vec<&Name> = self.names.iter().collect();
        for member in members(object) {
            if let Some(at) = left.iter().position(|n| means(member.name, &n.name)) {
                left.swap_remove(at).node.follow(member.value, found);
                if left.is_empty() {
                    return;
                }
            }
        }
    }

    /// Searches for the names and then checks that they are names of the outermost object. Gives up (false) where a
    /// name could be spelt in another way.
    fn search<'a>(&self, object: &'a str, found: &mut [Option<&'a str>]) -> bool {
        let bytes = object.as_bytes();
        // The next place of each name that is not found yet.
        let mut candidates: [(usize, Option<&Name>); FEW] = [(usize::MAX, None); FEW];
        let mut missing = false;
        for (name, candidate) in self.names.iter().zip(&mut candidates) {
            let Some(finder) = &name.finder else { return false };
            match finder.find(bytes) {
                Some(at) => *candidate = (at, Some(name)),
                None => missing = true,
            }
        }
        // Without an escape of this kind there is one way only to spell a name.
        if missing && memmem::find(bytes, b"\\u").is_some() {
            return false;
        }
        let mut outermost = Outermost { bytes, at: 1 };
        loop {
            // In the order of the text, since it is known from its start on what is nested.
            let Some((at, name)) = candidates.iter_mut().min_by_key(|c| c.0) else { return true };
            let Some(hit) = *name else { return true };
            let behind = match outermost.reach(*at) {
                Ok(()) => match member_value(object, *at, *at + hit.name.len() + 2) {
                    Some(value) => {
                        hit.node.follow(value, found);
                        (*at, *name) = (usize::MAX, None);
                        continue;
                    }
                    // A string that is no name.
                    None => *at + 1,
                },
                Err(Some(end)) => end,
                // The text ends within a value.
                Err(None) => return true,
            };
            match hit.finder.as_ref().and_then(|f| f.find(bytes.get(behind..)?)) {
                Some(next) => *at = behind + next,
                None => {
                    (*at, *name) = (usize::MAX, None);
                    if memmem::find(bytes, b"\\u").is_some() {
                        return false;
                    }
                }
            }
        }
    }

    fn follow_indexes<'a>(&self, array: &'a str, found: &mut [Option<&'a str>]) {
        if let [(index @ 0.., node)] = self.indexes.as_slice() {
            if let Ok(index) = usize::try_from(*index)
                && let Some(element) = elements(array).nth(index)
            {
                node.follow(element, found);
            }
            return;
        }
        let all: Vec<_> = elements(array).collect();
        for (index, node) in &self.indexes {
            let at = if *index < 0 { index.saturating_add_unsigned(all.len() as u64) } else { *index };
            if let Some(element) = usize::try_from(at).ok().and_then(|at| all.get(at)) {
                node.follow(element, found);
            }
        }
    }
}

impl Name {
    fn new(name: &str) -> Name {
        let mut needle = String::from("\"");
        push_escaped(&mut needle, name);
        needle.push('"');
        // `/` may be escaped; what must be escaped may be so by `\u` or by a letter. And a name that starts like what
        // stands behind a string could be found with its first quote closing another one.
        let one_spelling = needle.len() == name.len() + 2
            && !name.contains('/')
            && !name.starts_with([',', ':', '}', ']', '"', ' ', '\t', '\n', '\r'])
            && !name.is_empty();
        let finder = one_spelling.then(|| memmem::Finder::new(needle.as_bytes()).into_owned());
        Name { name: name.into(), finder, node: Node::default() }
    }
}

/// How far the outermost object is known: `at` is outside strings and not nested.
struct Outermost<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Outermost<'_> {
    /// Moves up to `place`, a quote outside strings. `Err` if that is nested in a value: the place behind the value.
    #[inline]
    fn reach(&mut self, place: usize) -> Result<(), Option<usize>> {
        while self.at < place {
            let ahead = &self.bytes[self.at..place];
            // Between the members only an opening bracket can come, unless it is in a string.
            let Some(bracket) = memchr2(b'{', b'[', ahead) else { break };
            let before = &ahead[..bracket];
            let bracket = self.at + bracket;
            if memchr(b'\\', before).is_none() {
                if memchr_iter(b'"', before).count() % 2 == 1 {
                    self.at = string_end(self.bytes, bracket).ok_or(None)?;
                    continue;
                }
            } else {
                // Escaped quotes: string by string.
                let mut at = self.at;
                while let Some(quote) = memchr(b'"', &self.bytes[at..bracket]) {
                    at = skip_string(self.bytes, at + quote).ok_or(None)?;
                    if at > bracket {
                        break;
                    }
                }
                if at > bracket {
                    self.at = at;
                    continue;
                }
            }
            self.at = skip_container(self.bytes, bracket).ok_or(None)?;
        }
        if self.at > place { Err(Some(self.at)) } else { Ok(()) }
    }
}

/// The place after the string in which `at` is, where no backslash stands just before `at`.
fn string_end(bytes: &[u8], at: usize) -> Option<usize> {
    // As if the string started one byte before.
    skip_string(bytes, at - 1)
}

/// The value of the member whose name is spelt from `start` to `end`, quotes included; `None` if that is not a name.
#[inline]
fn member_value(object: &str, start: usize, end: usize) -> Option<&str> {
    let bytes = object.as_bytes();
    // The quote opens a string: it is not escaped.
    if !matches!(bytes.get(start.checked_sub(1)?)?, b'{' | b',' | b' ' | b'\t' | b'\n' | b'\r') {
        return None;
    }
    let colon = skip_blanks(bytes, end);
    if bytes.get(colon) != Some(&b':') {
        return None;
    }
    let value = skip_blanks(bytes, colon + 1);
    object.get(value..skip_value(bytes, value)?)
}

/// What one path leads to in `json`; `None` where there is nothing, or a null.
///
/// ```
/// use lakehunt::dynamic::{extract::get, path::Path};
///
/// let path = Path::from_json(r#"["a",-1]"#).unwrap();
/// assert_eq!(get(r#"{"a":[1,"x"]}"#, &path), Some("\"x\""));
/// ```
pub fn get<'a>(json: &'a str, path: &Path) -> Option<&'a str> {
    let mut value = trim(json);
    for step in &path.steps {
        value = match step {
            Step::Name(name) => members(value).find(|m| means(m.name, name))?.value,
            Step::Index(index @ 0..) => elements(value).nth(usize::try_from(*index).ok()?)?,
            Step::Index(index) => {
                let all: Vec<_> = elements(value).collect();
                all[all.len().checked_sub(usize::try_from(index.unsigned_abs()).ok()?)?]
            }
        };
    }
    Kind::of(value).filter(|kind| *kind != Kind::Null).map(|_| value)
}

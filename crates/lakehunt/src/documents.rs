//! Files of text, in folders or by a pattern: rules, stored functions.

use std::path::{Path, PathBuf};
use std::{fs, io};

/// Adds the files below `folder` that have one of the endings (in lower case, without a dot), in the order of their names.
/// Hidden ones and links to folders are passed over; a link that leads nowhere is there, for its reader to tell. A folder
/// that cannot be read ends it: the error names it, and what was found before stays in `files`.
pub fn find(folder: &Path, endings: &[&str], files: &mut Vec<PathBuf>) -> Result<(), (PathBuf, io::Error)> {
    let entries = fs::read_dir(folder).and_then(Iterator::collect::<Result<Vec<_>, _>>);
    let mut entries = entries.map_err(|error| (folder.to_path_buf(), error))?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let path = entry.path();
        if entry.file_name().to_string_lossy().starts_with('.') {
            continue;
        }
        // A link to a folder could lead back here.
        if entry.file_type().is_ok_and(|t| t.is_dir()) {
            find(&path, endings, files)?;
        } else if (path.is_file() || !path.exists()) && endings.contains(&ending(&path).as_str()) {
            files.push(path);
        }
    }
    Ok(())
}

/// Whether the path is a pattern (`rules/*.md`, `**/x?.kql`) rather than the name of something that is there.
pub fn is_pattern(path: &Path) -> bool {
    path.to_string_lossy().contains(['*', '?', '[']) && !path.exists()
}

/// The files and folders that a pattern matches, in the order of their names; none is no error.
pub fn matching(pattern: &Path) -> Result<Vec<PathBuf>, (PathBuf, io::Error)> {
    let wrong = |error| (pattern.to_path_buf(), io::Error::new(io::ErrorKind::InvalidInput, error));
    let paths = glob::glob(&pattern.to_string_lossy()).map_err(|e| wrong(format!("not a pattern: {e}")))?;
    paths.map(|path| path.map_err(|e| (e.path().to_path_buf(), e.into()))).collect()
}

/// The ending of a file's name in lower case, without the dot; empty where there is none.
pub fn ending(path: &Path) -> String {
    path.extension().map(|e| e.to_string_lossy().to_ascii_lowercase()).unwrap_or_default()
}

/// The text in a file (see [`text`]).
pub fn read(path: &Path) -> io::Result<String> {
    text(fs::read(path)?)
}

/// The text of a file: UTF-8, or UTF-16 with the mark that tells it, which editors on Windows write. The mark is left out.
/// Where it is neither, the error says so ([`io::ErrorKind::InvalidData`]).
pub fn text(bytes: Vec<u8>) -> io::Result<String> {
    let wide = |unit: fn([u8; 2]) -> u16| {
        let units = bytes[2..].chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
        char::decode_utf16(units).collect::<Result<String, _>>().ok()
    };
    let text = match bytes.as_slice() {
        [0xff, 0xfe, ..] => wide(u16::from_le_bytes),
        [0xfe, 0xff, ..] => wide(u16::from_be_bytes),
        _ => String::from_utf8(bytes)
            .ok()
            .map(|text| text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text)),
    };
    text.ok_or_else(|| io::Error::new(io::ErrorKind::InvalidData, "it is not text in UTF-8"))
}

#[cfg(test)]
mod tests {
    use super::{is_pattern, matching, text};

    #[test]
    fn a_pattern_matches_in_the_order_of_names() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["b.md", "a.md", "c.kql", "[1].md"] {
            std::fs::write(folder.path().join(name), "").unwrap();
        }
        let found = matching(&folder.path().join("?.md")).unwrap();
        assert_eq!(found, [folder.path().join("a.md"), folder.path().join("b.md")]);
        assert!(matching(&folder.path().join("*.yaml")).unwrap().is_empty());
        assert_eq!(matching(&folder.path().join("***")).unwrap_err().0, folder.path().join("***"));
        assert!(is_pattern(&folder.path().join("*.md")) && !is_pattern(&folder.path().join("[1].md")));
    }

    #[test]
    fn the_mark_tells_the_encoding() {
        let units = || "\u{feff}é | x".encode_utf16();
        assert_eq!(text(units().flat_map(u16::to_le_bytes).collect()).unwrap(), "é | x");
        assert_eq!(text(units().flat_map(u16::to_be_bytes).collect()).unwrap(), "é | x");
        assert_eq!(text("\u{feff}é".into()).unwrap(), "é");
        assert_eq!(text(vec![0xe4]).unwrap_err().to_string(), "it is not text in UTF-8");
        assert_eq!(text(vec![]).unwrap(), "");
    }
}

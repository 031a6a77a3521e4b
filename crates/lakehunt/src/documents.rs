//! Files of text in folders: rules, stored functions.

use std::path::{Path, PathBuf};
use std::{fs, io};

/// Adds the files below `folder` that have one of the endings (in lower case, without a dot), in the order of their names.
/// Hidden ones and links to folders are passed over. A folder that cannot be read ends it: the error names it, and what was
/// found before stays in `files`.
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
        } else if path.is_file() && endings.contains(&ending(&path).as_str()) {
            files.push(path);
        }
    }
    Ok(())
}

/// The ending of a file's name in lower case, without the dot; empty where there is none.
pub fn ending(path: &Path) -> String {
    path.extension().map(|e| e.to_string_lossy().to_ascii_lowercase()).unwrap_or_default()
}

//! Finding the files of a table.

use crate::documents;
use crate::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// A Parquet file of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DataFile {
    /// Where it is: an absolute path.
    pub path: PathBuf,
    /// Its size in bytes.
    pub size: u64,
    /// When it was last written.
    pub modified: SystemTime,
    /// The `key=value` folders on its way, in order, decoded.
    pub partitions: Vec<(String, String)>,
}

/// The Parquet files behind `location`, a file, a folder or a glob, sorted by path.
///
/// In folders, at any depth, what starts with `_` or `.` is left out: unfinished and administrative files of many writers
/// are called so. An error says what is there instead; so it does for a folder of Delta Lake, Hudi or Iceberg.
pub fn files(location: &Path) -> Result<Vec<DataFile>, Error> {
    let mut found = Vec::new();
    if location.is_dir() {
        let root = absolute(location)?;
        walk(&root, &root, &mut found)?;
        if found.is_empty() {
            return Err(Error::data(location, "the folder holds no Parquet file (*.parquet), at no depth"));
        }
    } else if documents::is_pattern(location) {
        let fixed: PathBuf =
            location.components().take_while(|c| !documents::is_pattern(Path::new(c))).collect();
        let root = absolute(if fixed.as_os_str().is_empty() { Path::new(".") } else { &fixed })?;
        let paths =
            documents::matching(location).map_err(|(path, error)| Error::data(&path, error.to_string()))?;
        for path in paths {
            let path = absolute(&path)?;
            if is_hidden(&path) {
            } else if path.is_dir() {
                walk(&root, &path, &mut found)?;
            } else {
                found.push(data_file(&root, path)?);
            }
        }
        if found.is_empty() {
            return Err(Error::data(location, "no file matches the pattern"));
        }
    } else if location.exists() {
        let path = absolute(location)?;
        let parent = path.parent().unwrap_or(&path).to_owned();
        found.push(data_file(&parent, path)?);
    } else {
        return Err(Error::data(location, "there is no such file or folder"));
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found.dedup_by(|a, b| a.path == b.path);
    Ok(found)
}

/// The tables of a lake: each folder and each Parquet file in it, with its location. Their contents are not looked at.
pub fn lake(folder: &Path) -> Result<Vec<(String, PathBuf)>, Error> {
    if !folder.is_dir() {
        let message = if folder.exists() {
            "a lake is a folder with a folder or a Parquet file for each table, but this is a file; register it as a \
             table instead"
        } else {
            "there is no such folder"
        };
        return Err(Error::data(folder, message));
    }
    let mut tables: Vec<(String, PathBuf)> = Vec::new();
    for entry in fs::read_dir(folder).map_err(|e| Error::data(folder, e.to_string()))? {
        let entry = entry.map_err(|e| Error::data(folder, e.to_string()))?;
        let path = entry.path();
        if is_hidden(&path) {
            continue;
        }
        let name = if path.is_dir() {
            path.file_name()
        } else if is_parquet(&path) {
            path.file_stem()
        } else {
            None
        };
        if let Some(name) = name {
            tables.push((name.to_string_lossy().into_owned(), path));
        }
    }
    tables.sort();
    if let Some(pair) = tables.windows(2).find(|pair| pair[0].0 == pair[1].0) {
        let other = pair[0].1.file_name().unwrap_or_default().to_string_lossy();
        return Err(Error::data(
            &pair[1].1,
            format!("the table {} is there twice, also as '{other}'; move one away", pair[0].0),
        ));
    }
    if tables.is_empty() {
        return Err(Error::data(
            folder,
            "the folder holds no table; a lake has a folder of Parquet files, or one Parquet file, for each table",
        ));
    }
    Ok(tables)
}

/// The format of the table that keeps a list of its own of the files that count, if the folder holds one.
fn managed_by(folder: &Path) -> Option<&'static str> {
    let holds = |folder: PathBuf, suffix: &str| {
        let mut entries = fs::read_dir(folder).into_iter().flatten().flatten();
        entries.any(|e| e.file_name().to_string_lossy().ends_with(suffix))
    };
    if folder.join("_delta_log").is_dir() {
        Some("Delta Lake")
    } else if folder.join(".hoodie").is_dir() {
        Some("Hudi")
    } else if holds(folder.join("metadata"), ".metadata.json") {
        Some("Iceberg")
    } else {
        None
    }
}

fn walk(root: &Path, folder: &Path, found: &mut Vec<DataFile>) -> Result<(), Error> {
    // Such a folder keeps files of deleted and replaced rows.
    if let Some(format) = managed_by(folder) {
        return Err(Error::data(
            folder,
            format!(
                "the folder is a table of {format}, whose log says which of its files count, and Lakehunt does not read \
                 that; write the table as plain Parquet, or, where rows were only ever appended, give its files by a \
                 pattern: --table 'NAME={}/**/*.parquet'",
                folder.display()
            ),
        ));
    }
    for entry in fs::read_dir(folder).map_err(|e| Error::data(folder, e.to_string()))? {
        let path = entry.map_err(|e| Error::data(folder, e.to_string()))?.path();
        if is_hidden(&path) {
            continue;
        }
        if path.is_dir() {
            walk(root, &path, found)?;
        } else if is_parquet(&path) {
            found.push(data_file(root, path)?);
        }
    }
    Ok(())
}

fn data_file(root: &Path, path: PathBuf) -> Result<DataFile, Error> {
    let meta = fs::metadata(&path).map_err(|e| Error::data(&path, e.to_string()))?;
    let modified = meta.modified().unwrap_or(SystemTime::UNIX_EPOCH);
    let folders = path.strip_prefix(root).ok().and_then(Path::parent).into_iter().flat_map(Path::components);
    let partitions = folders
        .filter_map(|c| {
            let (key, value) = c.as_os_str().to_str()?.split_once('=')?;
            Some((decode(key), decode(value)))
        })
        .collect();
    Ok(DataFile { size: meta.len(), modified, partitions, path })
}

/// Undoes the percent-encoding of folder names.
fn decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let code = tail
            .get(..2)
            .and_then(|h| std::str::from_utf8(h).ok())
            .and_then(|h| u8::from_str_radix(h, 16).ok());
        match (first, code) {
            (b'%', Some(byte)) => {
                bytes.push(byte);
                rest = &tail[2..];
            }
            _ => {
                bytes.push(*first);
                rest = tail;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

fn absolute(path: &Path) -> Result<PathBuf, Error> {
    path.canonicalize().map_err(|e| Error::data(path, e.to_string()))
}

fn is_parquet(path: &Path) -> bool {
    path.extension().is_some_and(|e| e.eq_ignore_ascii_case("parquet") || e.eq_ignore_ascii_case("parq"))
}

fn is_hidden(path: &Path) -> bool {
    path.file_name().is_some_and(|n| n.to_string_lossy().starts_with(['_', '.']))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn touch(root: &Path, names: &[&str]) {
        for name in names {
            let path = root.join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, b"x").unwrap();
        }
    }

    fn names(files: &[DataFile]) -> Vec<String> {
        files.iter().map(|f| f.path.file_name().unwrap().to_string_lossy().into_owned()).collect()
    }

    #[test]
    fn a_folder_gives_its_visible_parquet_files_at_any_depth() {
        let dir = tempfile::tempdir().unwrap();
        touch(
            dir.path(),
            &["b.parquet", "x/a.parquet", "_tmp/c.parquet", ".d.parquet", "_e.parquet", "readme.txt"],
        );
        assert_eq!(names(&files(dir.path()).unwrap()), ["b.parquet", "a.parquet"]);
    }

    #[test]
    fn folders_named_key_value_are_partitions() {
        let dir = tempfile::tempdir().unwrap();
        touch(dir.path(), &["day=2024-05-01/region=EU%20West/a.parquet"]);
        let expected =
            [("day".to_owned(), "2024-05-01".to_owned()), ("region".to_owned(), "EU West".to_owned())];
        assert_eq!(files(dir.path()).unwrap()[0].partitions, expected);
        let glob = dir.path().join("day=*/*/*.parquet");
        assert_eq!(files(&glob).unwrap()[0].partitions, expected);
    }

    #[test]
    fn a_table_with_a_log_of_its_own_is_refused() {
        for log in
            ["_delta_log/00000000000000000000.json", ".hoodie/hoodie.properties", "metadata/v1.metadata.json"]
        {
            let dir = tempfile::tempdir().unwrap();
            touch(dir.path(), &[log, "day=1/a.parquet"]);
            let error = files(dir.path()).unwrap_err().to_string();
            assert!(error.contains("only ever appended"), "{error}");
            assert_eq!(names(&files(&dir.path().join("**/*.parquet")).unwrap()), ["a.parquet"]);
        }
    }

    #[test]
    fn what_is_missing_is_said() {
        let dir = tempfile::tempdir().unwrap();
        touch(dir.path(), &["notes.txt"]);
        let message = |p: &Path| files(p).unwrap_err().to_string();
        assert!(message(dir.path()).contains("holds no Parquet file"));
        assert!(message(&dir.path().join("nowhere")).contains("no such file or folder"));
        assert!(message(&dir.path().join("*.parquet")).contains("no file matches"));
        assert!(lake(dir.path()).unwrap_err().to_string().contains("holds no table"));
    }

    #[test]
    fn a_lake_has_a_table_for_each_folder_and_file() {
        let dir = tempfile::tempdir().unwrap();
        touch(dir.path(), &["EmailEvents/1.parquet", "CloudAppEvents.parquet", "_x/1.parquet", "notes.txt"]);
        let tables: Vec<_> = lake(dir.path()).unwrap().into_iter().map(|t| t.0).collect();
        assert_eq!(tables, ["CloudAppEvents", "EmailEvents"]);
        touch(dir.path(), &["EmailEvents.parquet"]);
        assert!(lake(dir.path()).unwrap_err().to_string().contains("twice"));
    }
}

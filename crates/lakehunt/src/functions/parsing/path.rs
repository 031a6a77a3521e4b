//! File paths.

use crate::functions::string::array::push_member;

/// Writes the parts of a path of Windows or Unix, with or without a scheme (`file://`) and an alternate
/// data stream (`file.txt:stream`), as a JSON object.
pub fn parse_path(path: &str, out: &mut String) {
    let slash = ['\\', '/'];
    let (scheme, rest) = path.split_once("://").unwrap_or(("", path));
    let (prefix, local) = split_long(rest);
    // A drive, with the slash if there is one.
    let drive = local.as_bytes().first().is_some_and(u8::is_ascii_alphabetic) && local.get(1..2) == Some(":");
    let root = match (drive, local[if drive { 2 } else { 0 }..].starts_with(slash)) {
        (true, true) => &rest[..prefix.len() + 3],
        (true, false) => &rest[..prefix.len() + 2],
        (false, _) => "",
    };
    let (directory, name) = match rest.rfind(slash) {
        Some(at) => (&rest[..at], &rest[at + 1..]),
        None => (root, &rest[root.len()..]),
    };
    let (filename, stream) = name.split_once(':').unwrap_or((name, ""));
    let extension = filename.rsplit_once('.').map_or("", |(_, extension)| extension);
    // The directory that is only a drive has no name.
    let directory_name = match directory.rfind(slash) {
        Some(at) => &directory[at + 1..],
        None if root.is_empty() => directory,
        None => "",
    };

    out.push('{');
    push_member(out, "Scheme", scheme);
    push_member(out, "RootPath", root);
    push_member(out, "DirectoryPath", directory);
    push_member(out, "DirectoryName", directory_name);
    push_member(out, "Filename", filename);
    push_member(out, "Extension", extension);
    push_member(out, "AlternateDataStreamName", stream);
    out.push('}');
}

/// `\\?\` and what follows it.
fn split_long(path: &str) -> (&str, &str) {
    match path.strip_prefix(r"\\?\") {
        Some(local) => (&path[..4], local),
        None => ("", path),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(path: &str) -> [String; 7] {
        let mut json = String::new();
        parse_path(path, &mut json);
        let value: serde_json::Value = serde_json::from_str(&json).unwrap();
        [
            "Scheme",
            "RootPath",
            "DirectoryPath",
            "DirectoryName",
            "Filename",
            "Extension",
            "AlternateDataStreamName",
        ]
        .map(|part| value[part].as_str().unwrap().to_owned())
    }

    #[test]
    fn parts_of_paths() {
        assert_eq!(
            parts(r"C:\Windows\System32\cmd.exe"),
            ["", r"C:\", r"C:\Windows\System32", "System32", "cmd.exe", "exe", ""]
        );
        assert_eq!(parts("/usr/bin/env"), ["", "", "/usr/bin", "bin", "env", "", ""]);
        assert_eq!(parts("a.tar.gz"), ["", "", "", "", "a.tar.gz", "gz", ""]);
        assert_eq!(
            parts("file://D:/x/y.txt:evil.exe"),
            ["file", "D:/", "D:/x", "x", "y.txt", "txt", "evil.exe"]
        );
        assert_eq!(parts(r"\\host\share\f"), ["", "", r"\\host\share", "share", "f", "", ""]);
        assert_eq!(parts(r"C:\f.txt"), ["", r"C:\", "C:", "", "f.txt", "txt", ""]);
        assert_eq!(parts("C:f.txt"), ["", "C:", "C:", "", "f.txt", "txt", ""]);
        assert_eq!(parts(""), ["", "", "", "", "", "", ""]);
        assert_eq!(parts("é"), ["", "", "", "", "é", "", ""]);
    }
}

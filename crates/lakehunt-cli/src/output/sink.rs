//! Where results go: standard output, or a file that is written whole or not at all.

use std::fs::{self, File};
use std::io::{self, BufWriter, Stdout, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use crate::interrupt;

/// An open destination. A file appears under its name only with [`commit`](Sink::commit).
pub enum Sink {
    /// Standard output
    Stdout(BufWriter<Stdout>),
    /// A new file beside the one that it will replace
    File(BufWriter<NamedTempFile>, PathBuf),
    /// What has a name, but cannot be replaced: a pipe, `/dev/null`
    Device(BufWriter<File>),
}

impl Sink {
    /// Whether a file can be written at `path`, as far as that can be told without writing: it is no folder, and is in
    /// one.
    pub fn check(path: &Path) -> io::Result<()> {
        match fs::metadata(path) {
            Ok(found) if found.is_dir() => Err(io::Error::from(io::ErrorKind::IsADirectory)),
            Ok(_) => Ok(()),
            Err(_) => fs::metadata(folder_of(path)).map(drop),
        }
    }

    /// Standard output, or the file at `path`.
    pub fn open(path: Option<&Path>) -> io::Result<Sink> {
        let Some(path) = path.filter(|p| *p != Path::new("-")) else {
            return Ok(Sink::Stdout(BufWriter::new(io::stdout())));
        };
        // The file that a link points to is replaced, not the link.
        let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf());
        Sink::check(&target)?;
        if fs::metadata(&target).is_ok_and(|found| !found.is_file()) {
            return Ok(Sink::Device(BufWriter::new(File::options().write(true).open(&target)?)));
        }
        let mut builder = tempfile::Builder::new();
        builder.prefix(".lakehunt-");
        // As for any other new file: the umask decides. (Temporary files are private otherwise.)
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
        let file = builder.tempfile_in(folder_of(&target)).map_err(without_path)?;
        interrupt::unfinished(file.path().to_path_buf());
        Ok(Sink::File(BufWriter::new(file), target))
    }

    /// Whether what is written is seen only when it is whole.
    pub fn is_file(&self) -> bool {
        matches!(self, Sink::File(..))
    }

    /// Writes what is left and gives the file its name.
    pub fn commit(self) -> io::Result<()> {
        match self {
            Sink::Stdout(mut out) => out.flush(),
            Sink::Device(mut out) => out.flush(),
            Sink::File(out, path) => {
                let file = out.into_inner().map_err(io::IntoInnerError::into_error)?;
                file.as_file().sync_all()?;
                file.persist(path).map_err(|error| without_path(error.error))?;
                Ok(())
            }
        }
    }
}

/// The folder that a file is in.
fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// The error without the name of the temporary file, which nobody knows: `tempfile` puts it into the message.
fn without_path(error: io::Error) -> io::Error {
    if error.raw_os_error().is_some() { error } else { io::Error::from(error.kind()) }
}

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Sink::Stdout(out) => out.write(bytes),
            Sink::File(out, _) => out.write(bytes),
            Sink::Device(out) => out.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Sink::Stdout(out) => out.flush(),
            Sink::File(out, _) => out.flush(),
            Sink::Device(out) => out.flush(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_appears_whole_or_not_at_all() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("out.csv");
        let mut dropped = Sink::open(Some(&path)).unwrap();
        dropped.write_all(b"half").unwrap();
        dropped.flush().unwrap();
        assert!(!path.exists());
        drop(dropped);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);

        let mut kept = Sink::open(Some(&path)).unwrap();
        kept.write_all(b"whole").unwrap();
        kept.commit().unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "whole");
    }

    #[test]
    fn a_file_that_is_there_stays_until_the_new_one_is_whole() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("out.csv");
        fs::write(&path, "old").unwrap();
        let mut sink = Sink::open(Some(&path)).unwrap();
        sink.write_all(b"new").unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "old");
        sink.commit().unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "new");
    }

    #[test]
    fn a_folder_is_no_place_for_a_file() {
        let folder = tempfile::tempdir().unwrap();
        assert!(Sink::open(Some(folder.path())).is_err());
        assert!(Sink::open(Some(&folder.path().join("missing/out.csv"))).is_err());
    }
}

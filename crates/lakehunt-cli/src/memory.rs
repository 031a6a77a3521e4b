//! How the C library keeps the memory that a query gives back.

/// Pieces of up to this size come from memory that is kept: the pages of a column of documents have a megabyte.
const PIECE: i32 = 8 << 20;

/// So much free memory is kept.
const KEPT: i32 = 64 << 20;

/// Keeps freed memory for what is read next. By itself the GNU C library gives it back to the system after every few pages
/// of a column, and the system clears it before it hands it out again: a twentieth of the time of a query on documents,
/// and four of five page faults. What a query takes at most stays the same.
///
/// Says whether the library took it. To be called before there is a second thread.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
pub fn keep_freed() -> bool {
    let set = |what, value| {
        // SAFETY: two numbers go in and one comes out; no other thread is in the allocator yet.
        unsafe { libc::mallopt(what, value) == 1 }
    };
    set(libc::M_MMAP_THRESHOLD, PIECE) && set(libc::M_TRIM_THRESHOLD, KEPT)
}

/// Other libraries are left as they are.
#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
pub fn keep_freed() -> bool {
    true
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_library_takes_the_settings() {
        assert!(super::keep_freed());
    }
}

//! Ctrl-C: the first one cancels the query that runs, the next one ends the program.

use std::process;
use std::sync::{Mutex, MutexGuard, Once, PoisonError};

use lakehunt::CancelHandle;

use crate::failure::exit;

/// The query that runs.
static RUNNING: Mutex<Option<CancelHandle>> = Mutex::new(None);

static LISTENER: Once = Once::new();

/// While it lives, Ctrl-C cancels the query with this handle.
pub struct Guard;

impl Guard {
    /// Takes over Ctrl-C for a query.
    pub fn new(cancel: CancelHandle) -> Guard {
        LISTENER.call_once(listen);
        *lock() = Some(cancel);
        Guard
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        *lock() = None;
    }
}

fn lock() -> MutexGuard<'static, Option<CancelHandle>> {
    RUNNING.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Waits for Ctrl-C on a thread of its own. Where that cannot be, Ctrl-C ends the program as it would anyhow.
fn listen() {
    let Ok(runtime) = tokio::runtime::Builder::new_current_thread().enable_io().build() else { return };
    let wait = move || {
        while runtime.block_on(tokio::signal::ctrl_c()).is_ok() {
            match lock().take() {
                Some(cancel) => cancel.cancel(),
                // There is nothing to cancel, or it does not come to an end.
                None => process::exit(i32::from(exit::INTERRUPTED)),
            }
        }
    };
    // Without the thread there is no listener, and Ctrl-C ends the program.
    let _ = std::thread::Builder::new().name("interrupt".into()).spawn(wait);
}

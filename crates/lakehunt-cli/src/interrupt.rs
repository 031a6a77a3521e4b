//! Ctrl-C: the first one cancels the query that runs, the next one ends the program. In the shell it does nothing while
//! no query runs (at the prompt the line editor takes it).

use std::process;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, Once, PoisonError};

use lakehunt::CancelHandle;

use crate::failure::exit;

/// What Ctrl-C finds.
enum State {
    Idle,
    /// The query with this handle runs.
    Running(CancelHandle),
    /// It was cancelled, but has not ended yet.
    Cancelled,
}

static STATE: Mutex<State> = Mutex::new(State::Idle);
static LISTENER: Once = Once::new();
static IN_SHELL: AtomicBool = AtomicBool::new(false);

/// Keeps the program alive when Ctrl-C comes while no query runs.
pub fn stay() {
    IN_SHELL.store(true, Ordering::Relaxed);
}

/// While it lives, Ctrl-C cancels the query with its handle.
pub struct Guard;

impl Guard {
    /// Takes over Ctrl-C for a query.
    pub fn new(cancel: CancelHandle) -> Guard {
        LISTENER.call_once(listen);
        *lock() = State::Running(cancel);
        Guard
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        *lock() = State::Idle;
    }
}

fn lock() -> MutexGuard<'static, State> {
    STATE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Waits for Ctrl-C on a thread of its own. Where that cannot be, Ctrl-C ends the program as it would anyhow.
fn listen() {
    let Ok(runtime) = tokio::runtime::Builder::new_current_thread().enable_io().build() else { return };
    let wait = move || {
        while runtime.block_on(tokio::signal::ctrl_c()).is_ok() {
            let mut state = lock();
            match &*state {
                State::Running(cancel) => {
                    cancel.cancel();
                    *state = State::Cancelled;
                }
                State::Idle if IN_SHELL.load(Ordering::Relaxed) => {}
                State::Idle | State::Cancelled => process::exit(i32::from(exit::INTERRUPTED)),
            }
        }
    };
    // Without the thread there is no listener, and Ctrl-C ends the program.
    let _ = std::thread::Builder::new().name("interrupt".into()).spawn(wait);
}

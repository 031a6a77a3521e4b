//! Ctrl-C: the first one cancels the query that runs, the next one ends the program. In the shell it does nothing while
//! no query runs (at the prompt the line editor takes it). Being told to end (SIGTERM) ends it at once. However it ends,
//! no half-written file is left.

use std::path::PathBuf;
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
/// The file that is being written and not yet whole.
static UNFINISHED: Mutex<Option<PathBuf>> = Mutex::new(None);
static LISTENER: Once = Once::new();
static IN_SHELL: AtomicBool = AtomicBool::new(false);

/// Keeps the program alive when Ctrl-C comes while no query runs.
pub fn stay() {
    IN_SHELL.store(true, Ordering::Relaxed);
}

/// Takes the file at `path` away if the program is ended before it has another name.
pub fn unfinished(path: PathBuf) {
    LISTENER.call_once(listen);
    *UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner) = Some(path);
}

/// Ends the program from outside of what it does.
fn end(code: u8) -> ! {
    let path = UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner).take();
    if let Some(path) = path {
        // It may have got its name or have been dropped just now.
        let _ = std::fs::remove_file(path);
    }
    process::exit(i32::from(code))
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

/// Waits for signals on a thread of its own. Where that cannot be, they end the program as they would anyhow.
fn listen() {
    let Ok(runtime) = tokio::runtime::Builder::new_current_thread().enable_io().build() else { return };
    let wait = move || {
        runtime.block_on(async {
            tokio::select! {
                () = interrupts() => {}
                () = terminated() => end(exit::TERMINATED),
            }
        });
    };
    // Without the thread there is no listener, and a signal ends the program.
    let _ = std::thread::Builder::new().name("interrupt".into()).spawn(wait);
}

/// Obeys Ctrl-C, again and again.
async fn interrupts() {
    while tokio::signal::ctrl_c().await.is_ok() {
        let mut state = lock();
        match &*state {
            State::Running(cancel) => {
                cancel.cancel();
                *state = State::Cancelled;
            }
            State::Idle if IN_SHELL.load(Ordering::Relaxed) => {}
            State::Idle | State::Cancelled => end(exit::INTERRUPTED),
        }
    }
}

/// Waits until the program is told to end.
#[cfg(unix)]
async fn terminated() {
    use tokio::signal::unix::{SignalKind, signal};
    match signal(SignalKind::terminate()) {
        Ok(mut signal) => {
            signal.recv().await;
        }
        Err(_) => std::future::pending().await,
    }
}

/// Waits for ever: there is no such signal.
#[cfg(not(unix))]
async fn terminated() {
    std::future::pending().await
}

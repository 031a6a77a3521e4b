//! A line on the terminal that says how far a query is.

use std::io::{self, IsTerminal, Write};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use lakehunt::{Progress, ProgressHandle};

/// How long a query is given before the line appears.
const PATIENCE: Duration = Duration::from_secs(1);

/// How often the line is drawn.
const PERIOD: Duration = Duration::from_millis(200);

/// The line of a running query; it goes away when this is dropped.
pub struct ProgressLine {
    thread: Option<(Sender<()>, JoinHandle<()>)>,
}

impl ProgressLine {
    /// Shows the line on standard error, if that is a terminal.
    pub fn start(progress: ProgressHandle) -> ProgressLine {
        if !io::stderr().is_terminal() {
            return ProgressLine { thread: None };
        }
        let (stop, stopped) = channel();
        let start = Instant::now();
        let draw = move || {
            let mut wait = PATIENCE;
            let mut drawn = false;
            while stopped.recv_timeout(wait) == Err(RecvTimeoutError::Timeout) {
                wait = PERIOD;
                drawn = true;
                let progress = progress.get();
                let mut err = io::stderr().lock();
                // A terminal that has gone needs no progress.
                let _ = write!(
                    err,
                    "\r\u{1b}[K{:.1} s{}; Ctrl-C stops it",
                    start.elapsed().as_secs_f64(),
                    describe(progress)
                )
                .and_then(|()| err.flush());
            }
            if drawn {
                let _ = write!(io::stderr(), "\r\u{1b}[K");
            }
        };
        let thread = std::thread::Builder::new().name("progress".into()).spawn(draw);
        ProgressLine { thread: thread.ok().map(|thread| (stop, thread)) }
    }
}

/// `, 3 of 12 files, 40000 rows read`; nothing where nothing is read.
fn describe(progress: Progress) -> String {
    if progress.files == 0 {
        return String::new();
    }
    let Progress { files, files_opened, rows_read, .. } = progress;
    format!(", {files_opened} of {files} files, {rows_read} rows read")
}

impl Drop for ProgressLine {
    fn drop(&mut self) {
        if let Some((stop, thread)) = self.thread.take() {
            drop(stop);
            // A panic there has been reported.
            let _ = thread.join();
        }
    }
}

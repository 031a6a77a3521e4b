//! `lakehunt batch`: a file of queries in, a line of JSON for each out.
//!
//! The queries run in worker processes, `-j` of them, each with one query at a time. A query may panic, overflow the
//! stack or exhaust the memory of its process: that costs its worker, which is replaced, and its line says so. The
//! workers are this program itself with `--worker`.

mod answer;
mod worker;

use std::ffi::OsString;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::Mutex;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use answer::{Answer, Request, Unreadable};

use crate::args::BatchArgs;
use crate::failure::{Failure, exit};
use crate::output::Sink;

/// What a worker says when it is ready for queries.
const READY: &str = "ready";

/// How long after its time limit a query may take to end by itself, before its worker is ended.
const GRACE: Duration = Duration::from_secs(5);

/// `lakehunt batch FILE.jsonl`
pub fn run(args: &BatchArgs) -> Result<(), Failure> {
    if args.worker {
        return worker::run(args);
    }
    let input: Box<dyn BufRead + Send> = if args.file.as_os_str() == "-" {
        Box::new(BufReader::new(io::stdin()))
    } else {
        let file = File::open(&args.file).map_err(|error| Failure::file(&args.file, &error))?;
        Box::new(BufReader::new(file))
    };
    let sink = Sink::open(args.output.as_deref())
        .map_err(|error| Failure::file(args.output.as_deref().unwrap_or(&args.file), &error))?;
    let batch =
        Batch { args, input: Mutex::new((0, input)), output: Mutex::new(sink), failure: Mutex::new(None) };
    std::thread::scope(|scope| {
        for _ in 0..args.jobs {
            scope.spawn(|| batch.work());
        }
    });
    // The threads have ended, and a poisoned lock holds what was there before.
    match batch.failure.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner) {
        Some(failure) => Err(failure),
        None => {
            let sink = batch.output.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
            Ok(sink.commit()?)
        }
    }
}

/// What the threads share; each thread has a worker of its own.
struct Batch<'a> {
    args: &'a BatchArgs,
    /// The number of lines read, and the rest.
    input: Mutex<(u64, Box<dyn BufRead + Send>)>,
    output: Mutex<Sink>,
    /// Why the whole run ends early.
    failure: Mutex<Option<Failure>>,
}

impl Batch<'_> {
    /// Answers lines until there are none left.
    fn work(&self) {
        let mut worker = None;
        loop {
            if lock(&self.failure).is_some() {
                return;
            }
            let done = match self.next_line() {
                Ok(None) => return,
                Ok(Some((number, line))) => self.answer(number, line, &mut worker),
                Err(error) => Err(Failure::file(&self.args.file, &error)),
            };
            if let Err(failure) = done {
                lock(&self.failure).get_or_insert(failure);
                return;
            }
        }
    }

    /// The next line that is not blank, with its number from 1.
    fn next_line(&self) -> io::Result<Option<(u64, Result<String, Unreadable>)>> {
        let mut input = lock(&self.input);
        loop {
            let mut bytes = Vec::new();
            if input.1.read_until(b'\n', &mut bytes)? == 0 {
                return Ok(None);
            }
            input.0 += 1;
            let Ok(line) = str::from_utf8(&bytes) else {
                return Ok(Some((input.0, Err(Unreadable::new("it is not text in UTF-8")))));
            };
            // Some editors begin a file with a mark of its encoding.
            let line = if input.0 == 1 { line.trim_start_matches('\u{feff}') } else { line }.trim();
            if !line.is_empty() {
                return Ok(Some((input.0, Ok(line.to_owned()))));
            }
        }
    }

    fn answer(
        &self,
        number: u64,
        line: Result<String, Unreadable>,
        worker: &mut Option<Worker>,
    ) -> Result<(), Failure> {
        let request = line.and_then(|line| Ok((Request::parse(&line)?, line)));
        let answer = match request {
            Err(why) => Answer::unreadable(number, why).to_line(),
            Ok((request, line)) => {
                let running = match worker.take() {
                    Some(running) => running,
                    None => Worker::start(self.args)?,
                };
                let start = Instant::now();
                match running.ask(&line, self.args.timeout) {
                    Ok((running, answer)) => {
                        // What was stopped may still be on its way to its end: it must not slow down the next query.
                        let stopped = self.args.timeout.is_some_and(|limit| start.elapsed() >= limit);
                        *worker = Some(running).filter(|_| !stopped);
                        answer
                    }
                    Err(lost) => Answer::lost(&request, &lost, start.elapsed()).to_line(),
                }
            }
        };
        let mut output = lock(&self.output);
        output.write_all(answer.as_bytes())?;
        output.write_all(b"\n")?;
        Ok(output.flush()?)
    }
}

/// The lock of a mutex; a thread that panicked while it held one left nothing half done.
fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

/// A running worker process.
struct Worker {
    child: Child,
    stdin: ChildStdin,
    /// The lines that it writes.
    answers: Receiver<String>,
}

impl Worker {
    /// Starts a worker and waits until it has opened the data.
    fn start(args: &BatchArgs) -> Result<Worker, Failure> {
        let wrong = |error| Failure::new(format_args!("cannot start a worker: {error}"));
        let mut arguments: Vec<OsString> = std::env::args_os().skip(1).collect();
        arguments.push("--worker".into());
        if args.engine.threads.is_none() {
            let cores = std::thread::available_parallelism().map_or(1, usize::from);
            arguments.push("--threads".into());
            arguments.push((cores / usize::from(args.jobs)).max(1).to_string().into());
        }
        let mut child = Command::new(std::env::current_exe().map_err(wrong)?)
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(wrong)?;
        let (Some(stdin), Some(stdout)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(wrong(io::Error::other("it has no pipes")));
        };
        let (send, answers) = channel();
        std::thread::spawn(move || {
            for line in BufReader::new(stdout).lines().map_while(Result::ok) {
                if send.send(line).is_err() {
                    return;
                }
            }
        });
        let mut worker = Worker { child, stdin, answers };
        match worker.answers.recv() {
            Ok(line) if line == READY => Ok(worker),
            // It has said why on standard error.
            _ => {
                let code =
                    worker.end().and_then(|status| status.code()).and_then(|code| u8::try_from(code).ok());
                Err(Failure::reported(code.filter(|code| *code > 0).unwrap_or(exit::FAILED)))
            }
        }
    }

    /// Has a query answered; gives the worker back, or says how it was lost.
    fn ask(mut self, line: &str, timeout: Option<Duration>) -> Result<(Worker, String), Lost> {
        // A failing write means that the worker has ended, which the next read tells, too.
        let _ = self.stdin.write_all(line.as_bytes()).and_then(|()| self.stdin.write_all(b"\n"));
        let answer = match timeout {
            None => self.answers.recv().map_err(|_| RecvTimeoutError::Disconnected),
            Some(timeout) => self.answers.recv_timeout(timeout.saturating_add(GRACE)),
        };
        match answer {
            Ok(answer) => Ok((self, answer)),
            Err(RecvTimeoutError::Timeout) => {
                // It may have ended just now.
                let _ = self.child.kill();
                self.end();
                Err(Lost::Timeout(timeout.unwrap_or_default()))
            }
            Err(RecvTimeoutError::Disconnected) => Err(Lost::Ended(self.end())),
        }
    }

    /// Waits for the end of the process.
    fn end(&mut self) -> Option<std::process::ExitStatus> {
        self.child.wait().ok()
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        // Without a query and with its input closed there is nothing that it could lose.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// How a worker was lost.
enum Lost {
    /// It did not end its query in time.
    Timeout(Duration),
    /// It ended.
    Ended(Option<std::process::ExitStatus>),
}

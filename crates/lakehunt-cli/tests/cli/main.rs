//! The program `lakehunt`, as its users run it, on the sample lake under `data/`.

mod batch;
mod broken;
mod functions;
mod hunt;
mod query;
mod support;
mod translate;

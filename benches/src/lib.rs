//! Benchmarks of Lakehunt and the data that they run on.
//!
//! [`generate`] makes a lake of `CloudAppEvents` and `EmailEvents` of any size, with findings planted for
//! three published hunting queries and a record of the rows that each hunt must return.

pub mod generate;

//! Dynamic values: arrays, bags, sets and JSON. The JSON text itself is read and written by [`crate::dynamic`].

pub mod access;
pub mod arrays;
pub mod bags;
pub mod compare;
pub mod convert;
pub mod expand;
mod scalar;
pub mod sets;
mod views;

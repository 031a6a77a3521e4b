//! `lakehunt hunt`: rules out of documents, one result a rule.

pub mod document;
mod markdown;
mod prose;
mod yaml;

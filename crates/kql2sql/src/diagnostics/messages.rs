//! The constructor of every diagnostic.

//! `getschema`: The columns of the input and their types.

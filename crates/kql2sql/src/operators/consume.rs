//! `consume`: Reads its input and returns nothing.

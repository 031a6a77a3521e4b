//! What must hold for any text, and for every query that the other tests know.

//! The recorded answers of the real engine and the real hunting queries, where they lie beside the repository.
//! They are figures to steer by; the floors below only catch a break.

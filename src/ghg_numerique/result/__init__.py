"""A result as one file: everything that a footprint rests on, written canonically and sealed by one hash."""

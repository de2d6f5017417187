"""The arithmetic, without the field: a matrix of activity, a sheet of factors, and their product."""

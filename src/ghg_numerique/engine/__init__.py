"""The verbs: which keys, which coefficients, which share of the year, and the postings that make A."""

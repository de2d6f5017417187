"""The verifier of results: one file, the standard library, and nothing of this house."""

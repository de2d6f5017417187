# The default runs what a change must pass.
default: test lint

# Install everything that the tests need
sync:
    uv sync

test *options:
    uv run pytest {{options}}

# Property tests alone, with many random examples
laws:
    HYPOTHESIS_PROFILE=nightly uv run pytest -m law

lint:
    uv run --group lint ruff check .
    uv run --group lint ruff format --check .
    uv run --group lint mypy
    uv run --group lint mypy typing_tests
    uv run --group lint pyright

bench *options:
    uv run python benchmarks/run.py {{options}}

# What CI runs
ci:
    bash .ci/run

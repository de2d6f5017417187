"""Manufacturers' sheets as Boavizta gathers them: the user's own file becomes a factor table of the user's own.

The data is share-alike (ODbL-1.0), so none of it comes with this distribution.
"""

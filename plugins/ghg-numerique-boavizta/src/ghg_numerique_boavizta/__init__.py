"""Manufacturers' sheets as Boavizta gathers them."""

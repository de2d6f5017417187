"""Printed tables: whether the figures that were published can all be roundings of one set of true values."""

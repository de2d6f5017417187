"""The folder of a footprint on the disk: opened, compared with others, and written."""

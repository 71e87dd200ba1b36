"""Statistics: arrays in, findings out. NumPy only; no files, no Django."""

"""Measured speed and memory: `make bench` prints a table; nothing here is a test."""

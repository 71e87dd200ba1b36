"""Measured speed and memory: `make bench` prints a table; nothing here is a test."""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # figures are for one core

"""Documents and tables in: files become rows that know where they came from. No Django."""

"""The worked examples as demonstrations: one module for each, and the steps that they share."""

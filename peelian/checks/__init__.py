"""Checks: what a careful reader of the record would notice, with the page that shows it."""

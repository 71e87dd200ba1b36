"""The generic pages of any kind of record: list, show, edit, history, compare, export, publish."""

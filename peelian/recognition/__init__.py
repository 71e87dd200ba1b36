"""What a text says: dates, references, figures, minutes, plans, read from blocks. Pure."""

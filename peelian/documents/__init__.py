"""Blocks out: as accessible HTML, and as a tagged PDF. Knows no record and no area."""

"""Peelian: promises, figures and duties of policing on one dated record."""

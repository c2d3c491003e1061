"""Frames → the summaries that figures, tables and pages show."""

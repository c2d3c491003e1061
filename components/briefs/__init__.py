"""Briefs: what a view shows as a document with numbered notes to the original sources."""

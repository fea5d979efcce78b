"""Boundaries: what the maps are drawn from, and how these files are made."""

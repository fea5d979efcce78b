"""The screen of a meeting."""

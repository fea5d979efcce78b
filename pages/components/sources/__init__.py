"""The page Data and sources."""

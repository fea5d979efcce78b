"""The page My borough."""

"""The page My ICS."""

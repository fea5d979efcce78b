"""The page My pack."""

"""The page Near me."""

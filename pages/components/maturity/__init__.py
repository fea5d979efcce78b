"""The page Maturity."""

"""The page Survey 2022."""

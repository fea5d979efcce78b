"""The page Compare boroughs."""

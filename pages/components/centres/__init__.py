"""The page Centres over time."""

"""The page Across the border."""

"""Values, places, differences, dates and sources in words."""

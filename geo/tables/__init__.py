"""The one table of figures joined with places: made, asked of, and taken away."""

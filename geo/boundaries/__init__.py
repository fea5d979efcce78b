"""Boundaries: what the maps are drawn from, and how these files are made.

Begin with `layouts`, which reads the map and the grid of tiles that the app draws. `draw` makes the files
behind them from the outlines of the 33 authorities: by hand through `build`, or when a refresh brings new
boundaries.
"""

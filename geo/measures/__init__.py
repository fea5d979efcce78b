"""Statistics of numbers alone: intervals, ranks, classes, and how far apart places are.

Functions take figures of places and know nothing of the catalogue; their docstrings have the formulas and
where these come from. Begin with `variation`, which measures how far apart places are; `intervals` and
`ranks` say how sure a figure or an order is.
"""

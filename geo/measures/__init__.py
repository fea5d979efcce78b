"""Statistics of numbers alone: intervals, ranks, classes, and how far apart places are."""

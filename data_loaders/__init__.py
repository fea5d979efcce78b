"""Load: from publishers' files and the embedded snapshot to one tidy table of observations."""

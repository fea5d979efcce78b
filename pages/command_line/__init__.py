"""Do from a terminal what the pages do: above the three layers, whose work it calls."""

"""Load: from publishers' files and the embedded snapshot to one tidy table of observations."""

import pandas as pd

# most tables have some 35 rows, and on tables that small Arrow's strings take longer than Python's
pd.set_option("mode.string_storage", "python")

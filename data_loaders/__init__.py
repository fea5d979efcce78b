"""Load: from publishers' files and the embedded snapshot to one tidy table of observations."""

import pandas as pd

# tables of 35 rows are looked at far more often than long ones: Arrow's cost of a call would dominate
pd.set_option("mode.string_storage", "python")

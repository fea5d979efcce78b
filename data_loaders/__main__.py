"""`python -m data_loaders …` is `beyond-boundaries …`, without an installation."""

import sys

from pages.command_line.main import main

if __name__ == "__main__":
    sys.exit(main(called="python -m data_loaders"))

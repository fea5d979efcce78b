"""`python -m pages …` is `beyond-boundaries exhibit …`, without an installation."""

import sys

from pages.command_line.main import main

if __name__ == "__main__":
    sys.exit(main(["exhibit", *sys.argv[1:]]))

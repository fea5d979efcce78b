"""Show: one short script a page, and what the pages share."""

__version__ = "0.10.0"

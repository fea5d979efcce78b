"""Show: one short script a page, and what the pages share."""

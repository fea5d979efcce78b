"""What stands beside figures on several pages: definitions, sources, reviews, the report, totals."""

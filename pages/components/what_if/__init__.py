"""The page What if: scenarios in which centres close or open, and what becomes of the children near them."""

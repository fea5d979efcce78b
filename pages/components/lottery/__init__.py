"""The page How big is the lottery?."""

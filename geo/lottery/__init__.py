"""How big the postcode lottery is: of one indicator in one period and over time, and what would close it."""

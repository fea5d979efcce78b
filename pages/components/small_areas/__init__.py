"""Small areas on the map, for indicators that have them: drawn in the browser, which keeps the outlines."""

"""The app as a visitor meets it: a server, a browser, and what is seen in it."""

"""What the server tells whoever watches it: that it runs, whether people can be sent here, what it counts."""

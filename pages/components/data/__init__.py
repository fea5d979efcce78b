"""The figures, read once for all visitors, and all that is shown of one view of them."""

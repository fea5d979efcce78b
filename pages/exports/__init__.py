"""The view as files: pure functions to bytes."""

"""The page Self-evaluation."""

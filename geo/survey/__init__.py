"""Answers to a survey: their levels, and what of them may be shown (disclosure control)."""

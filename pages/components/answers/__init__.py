"""Answers to a survey: the waves looked at, upload with its problems, saving for everyone, sign-in."""

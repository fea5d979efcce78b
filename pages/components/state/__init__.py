"""What is looked at and what was entered: the view and its link, the session, the tour, the pack."""

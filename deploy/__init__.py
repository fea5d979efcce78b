"""What it takes to run the app for others, and what that is made of."""

"""The steps that bring the tables of saved answers up to date; Alembic runs them."""

"""What a version takes back and why, and when people have signed out."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add the columns and the table."""
    for name in ("withdraws", "reason"):
        op.add_column("survey_version", sa.Column(name, sa.Text, nullable=False, server_default=""))
    op.create_table(
        "survey_sign_out",
        sa.Column("person", sa.Text, primary_key=True),
        sa.Column("at", sa.Text, nullable=False),
    )

"""Versions of waves, their answers, and the archive's own name with a count of what was saved."""

import uuid

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the tables."""
    state = op.create_table(
        "survey_state",
        sa.Column("archive", sa.Text, primary_key=True),
        sa.Column("revision", sa.Integer, nullable=False),
    )
    op.bulk_insert(state, [{"archive": uuid.uuid4().hex, "revision": 0}])
    op.create_table(
        "survey_version",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("instrument", sa.Text, nullable=False),
        sa.Column("wave", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("saved_at", sa.Text, nullable=False),
        sa.Column("saved_by", sa.Text, nullable=False),
        sa.CheckConstraint("substr(wave, 1, 2) = '20'", name="real_wave"),
        sa.CheckConstraint("version > 0", name="version_counts"),
        sa.UniqueConstraint("instrument", "wave", "version", name="one_version"),
    )
    op.create_table(
        "survey_answer",
        sa.Column("version_id", sa.Integer, sa.ForeignKey("survey_version.id"), primary_key=True),
        sa.Column("area_code", sa.Text, primary_key=True),
        sa.Column("item_id", sa.Text, primary_key=True),
        sa.Column("response", sa.Text, nullable=False),
        sa.Column("respondent_role", sa.Text, nullable=False),
        sa.Column("evidence_note", sa.Text, nullable=False),
        sa.Column("publish_level", sa.Text, nullable=False),
        sa.Column("collected_on", sa.Date),
        sa.CheckConstraint("publish_level IN ('named', 'ics', 'london')", name="known_level"),
    )

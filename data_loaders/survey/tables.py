"""The tables that saved answers are kept in. A change here needs a step in data_loaders/survey/migrations."""

from sqlalchemy import (
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

# the newest migration
HEAD = "0002"
METADATA = MetaData()

# one row: the archive's own name, given when it was made, and how often something was saved in it
STATE = Table(
    "survey_state",
    METADATA,
    Column("archive", Text, primary_key=True),
    Column("revision", Integer, nullable=False),
)

# one row for each time that a wave was saved; saved_at is a moment in UTC (ISO 8601)
VERSIONS = Table(
    "survey_version",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("instrument", Text, nullable=False),
    Column("wave", Text, CheckConstraint("substr(wave, 1, 2) = '20'", name="real_wave"), nullable=False),
    Column("version", Integer, CheckConstraint("version > 0", name="version_counts"), nullable=False),
    Column("saved_at", Text, nullable=False),
    Column("saved_by", Text, nullable=False),
    # whose answers this version takes back: the code of an authority, WHOLE_WAVE, or nobody's
    Column("withdraws", Text, nullable=False),
    Column("reason", Text, nullable=False),
    UniqueConstraint("instrument", "wave", "version", name="one_version"),
)

ANSWERS = Table(
    "survey_answer",
    METADATA,
    Column("version_id", Integer, ForeignKey("survey_version.id"), primary_key=True),
    Column("area_code", Text, primary_key=True),
    Column("item_id", Text, primary_key=True),
    Column("response", Text, nullable=False),
    Column("respondent_role", Text, nullable=False),
    Column("evidence_note", Text, nullable=False),
    Column(
        "publish_level",
        Text,
        CheckConstraint("publish_level IN ('named', 'ics', 'london')", name="known_level"),
        nullable=False,
    ),
    Column("collected_on", Date),
)

# the last time that a person signed out: a text that stands for them, and a moment in UTC (ISO 8601)
SIGN_OUTS = Table(
    "survey_sign_out", METADATA, Column("person", Text, primary_key=True), Column("at", Text, nullable=False)
)

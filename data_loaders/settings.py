"""What whoever runs the app may set, by environment variables.

docs/running.md lists them.
"""

import os
import re
from pathlib import Path

from data_loaders.store import SNAPSHOT

LIVE = "BEYOND_BOUNDARIES_LIVE"
ENDPOINTS = "BEYOND_BOUNDARIES_ENDPOINTS"
REFRESH_BUTTON = "BEYOND_BOUNDARIES_REFRESH_BUTTON"
REFRESH_HOURS = "BEYOND_BOUNDARIES_REFRESH_HOURS"
ADDRESS = "BEYOND_BOUNDARIES_ADDRESS"
CONTACT = "BEYOND_BOUNDARIES_CONTACT"
BRAND = "BEYOND_BOUNDARIES_BRAND"
DATA_ADDRESSES = "BEYOND_BOUNDARIES_DATA_ADDRESSES"
EMBED_HOSTS = "BEYOND_BOUNDARIES_EMBED_HOSTS"
DATABASE = "DATABASE_URL"
DATABASE_FILE = "DATABASE_URL_FILE"
SURVEY = "BEYOND_BOUNDARIES_SURVEY"
EDITORS = "BEYOND_BOUNDARIES_EDITORS"
UNVERIFIED = "BEYOND_BOUNDARIES_UNVERIFIED_ADDRESSES"
METRICS = "BEYOND_BOUNDARIES_METRICS"
LOG = "BEYOND_BOUNDARIES_LOG"
BEFOREHAND = "BEYOND_BOUNDARIES_BEFOREHAND"


class SettingError(Exception):
    """A setting has no meaning. The message is a sentence for whoever runs the app."""


def check() -> None:
    """Raises SettingError for a setting without a meaning that would be felt on every page."""
    refresh_hours()
    embed_hosts()
    has_data_addresses()
    has_metrics()
    has_log_of_lines()
    makes_beforehand()
    address()
    contact()
    database_address()


def live_folder() -> Path:
    """The folder of downloaded figures; `cache/live` unless it is set."""
    return Path(os.environ.get(LIVE) or SNAPSHOT.parent / "live")


def endpoints_file() -> Path | None:
    """A table of addresses that take the place of the publishers' own, for a mirror; None by default."""
    given = os.environ.get(ENDPOINTS)
    return Path(given) if given else None


def brand_file() -> Path | None:
    """A table of the colours, font and logo of packs, in place of the embedded one; None by default."""
    given = os.environ.get(BRAND)
    return Path(given) if given else None


def refresh_hours() -> float | None:
    """How often the running app refreshes by itself, in hours; None, the default, for never.

    Raises SettingError when the setting is not a positive number.
    """
    given = os.environ.get(REFRESH_HOURS)
    if not given:
        return None
    if not re.fullmatch(r"\d+(\.\d+)?", given) or float(given) == 0:
        raise SettingError(f"{REFRESH_HOURS} must be a number of hours above 0, not {given!r}.")
    return float(given)


def has_refresh_button() -> bool:
    """Whether visitors may start a refresh from the data page; False unless it is set to `on`."""
    return os.environ.get(REFRESH_BUTTON, "").lower() == "on"


def address() -> str:
    """Where people reach the app, without a slash at the end, for links inside files; empty by default.

    Raises SettingError when the setting is no address.
    """
    given = os.environ.get(ADDRESS, "").rstrip("/")
    if given and not re.fullmatch(r"https?://[^\s?#\"<>]+", given):
        raise SettingError(
            f"{ADDRESS} must be an address such as https://example.org/early-years, not {given!r}."
        )
    return given


def contact() -> str:
    """Where visitors can report an error, a mail address or a web page; empty by default.

    Raises SettingError when the setting is neither.
    """
    given = os.environ.get(CONTACT, "")
    if given and not re.fullmatch(r"[\w.+-]+@[\w-]+(\.[\w-]+)+|https://[\w./-]+", given, re.ASCII):
        raise SettingError(f"{CONTACT} must be a mail address or begin with https://, not {given!r}.")
    return given


def is_encrypted() -> bool:
    """Whether people reach the app by an encrypted address."""
    return os.environ.get(ADDRESS, "").startswith("https://")


def has_data_addresses() -> bool:
    """Whether figures and pictures are given out by addresses of their own; True unless it is set to `off`.

    Raises SettingError when the setting is neither `on` nor `off`.
    """
    return _chosen(DATA_ADDRESSES, "on", "off") == "on"


def makes_beforehand() -> bool:
    """Whether what people look at first is made while nobody is there; True unless it is set to `off`.

    Raises SettingError when the setting is neither `on` nor `off`.
    """
    return _chosen(BEFOREHAND, "on", "off") == "on"


def has_metrics() -> bool:
    """Whether the server's own figures are given out at `/metrics`; False unless it is set to `on`.

    Raises SettingError when the setting is neither `on` nor `off`.
    """
    return _chosen(METRICS, "off", "on") == "on"


def has_log_of_lines() -> bool:
    """Whether each entry of the log is a line of JSON; False unless it is set to `json`.

    Raises SettingError when the setting is neither `text` nor `json`.
    """
    return _chosen(LOG, "text", "json") == "json"


def _chosen(name: str, default: str, other: str) -> str:
    """What a setting of two words says. Raises SettingError when it is neither."""
    given = os.environ.get(name) or default
    if given.lower() not in (default, other):
        raise SettingError(f"{name} must be {default} or {other}, not {given!r}.")
    return given.lower()


def embed_hosts() -> tuple[str, ...]:
    """The origins whose pages may show a chart in a frame, with commas between them; none by default.

    Raises SettingError when one of them is no origin.
    """
    given = [host.strip().rstrip("/") for host in os.environ.get(EMBED_HOSTS, "").split(",") if host.strip()]
    wrong = [host for host in given if not re.fullmatch(r"https?://[\w.-]+(:\d+)?", host)]
    if wrong:
        raise SettingError(f"{EMBED_HOSTS} must be origins such as https://example.org, not {wrong[0]!r}.")
    return tuple(given)


def survey_file() -> Path:
    """The file that saved answers to surveys are kept in, unless there is a database."""
    return Path(os.environ.get(SURVEY) or SNAPSHOT.parent / "survey" / "survey.sqlite").absolute()


def database_address() -> str | None:
    """The PostgreSQL database that saved answers are kept in instead; None, the default, for the file.

    It is the first line of a file where the setting names one, because it has a password. Raises SettingError
    when there is no such file, or nothing in it.
    """
    given = os.environ.get(DATABASE_FILE)
    if not given:
        return os.environ.get(DATABASE) or None
    try:
        address, *_ = Path(given).read_text(encoding="utf-8").split()
    except (OSError, ValueError) as error:
        raise SettingError(
            f"{DATABASE_FILE} must be a file that can be read, with an address in it."
        ) from error
    return address


def has_archive() -> bool:
    """Whether there is a place that answers may have been saved in."""
    return database_address() is not None or survey_file().is_file()


def editors() -> frozenset[str]:
    """The e-mail addresses of those who may save answers for everyone, casefolded; none by default.

    The setting is addresses divided by commas, or the path of a file of them, one a line; what follows a # is
    a remark. Raises SettingError when it is neither.
    """
    given = os.environ.get(EDITORS, "").strip()
    if given and "@" not in given:
        try:
            lines = Path(given).read_text(encoding="utf-8").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            raise SettingError(
                f"{EDITORS} must be e-mail addresses divided by commas, or a file of them that can be read."
            ) from error
        given = ",".join(line.partition("#")[0] for line in lines)
    return frozenset(address.strip().casefold() for address in given.split(",") if address.strip())


def takes_unverified_addresses() -> bool:
    """Whether an editor's address counts without the provider's word that it is theirs; False by default."""
    return os.environ.get(UNVERIFIED, "").lower() == "accept"

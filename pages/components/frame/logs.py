"""The log of the server: text for a terminal, or a line of JSON an entry, without what people entered."""

import datetime as dt
import json
import logging
import traceback
from collections import Counter

from data_loaders import settings
from data_loaders.settings import SettingError
from pages.components.frame import runs

# whose words are this app's own, and whose may hold what a visitor has typed, chosen or added
OWN = ("data_loaders", "pages")


class Lines(logging.Formatter):
    """An entry as a line of JSON: when, how grave, from where, what, and in which run of a page."""

    def format(self, record: logging.LogRecord) -> str:
        """The line. Of others' words it has the pattern alone; of an exception, its kind and place."""
        moment = dt.datetime.fromtimestamp(record.created, dt.UTC)
        said = {
            "at": moment.isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "from": record.name,
            "said": record.getMessage() if record.name.startswith(OWN) else str(record.msg),
        }
        if number := runs.NUMBER.get():
            said["run"] = number
        if record.exc_info and record.exc_info[0]:
            # its message may name what a visitor has typed
            said["exception"] = record.exc_info[0].__name__
            frames = traceback.extract_tb(record.exc_info[2])
            said["where"] = " < ".join(f"{one.filename}:{one.lineno}" for one in reversed(frames))
        return json.dumps(said, ensure_ascii=False)


class _Counting(logging.Handler):
    """Counts entries by how grave they are."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.found: Counter[str] = Counter()

    def emit(self, record: logging.LogRecord) -> None:
        """One more."""
        self.found[record.levelname.lower()] += 1


ENTRIES = _Counting()


def begin() -> None:
    """Write down what the app does from now on."""
    logging.basicConfig(format="%(asctime)s %(levelname)s %(message)s")
    # Streamlit's loggers, and those of the server beneath it, have handlers of their own
    known = [logging.getLogger(name) for name in list(logging.root.manager.loggerDict)]
    writing = [logging.root, *(logger for logger in known if logger.handlers and not logger.propagate)]
    for logger in writing:
        logger.addHandler(ENTRIES)
    try:
        is_json = settings.has_log_of_lines()
    except SettingError:
        # each page tells of a setting without a meaning
        is_json = False
    for room in OWN:
        logging.getLogger(room).setLevel(logging.INFO)
    if is_json:
        for handler in {handler for logger in writing for handler in logger.handlers}:
            handler.setFormatter(Lines())
        logging.getLogger(runs.__name__).setLevel(logging.DEBUG)

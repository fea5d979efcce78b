"""Whether a weakness is listed of what a server installs, where a database of advisories can be reached.

    python -m deploy.audit

One question, of all checksummed packages at once, to the database of OSV, which has PyPI's advisories and
GitHub's. It ends with 1 where one is listed; where nobody answers, it says so and ends with 0, as a machine
without a way out says nothing of the packages.
"""

import sys
from collections.abc import Mapping
from typing import Any, NamedTuple

import requests

from deploy.sbom import packages

DATABASE = "https://api.osv.dev/v1/querybatch"
# seconds for a connection, and then for an answer
PATIENCE = (3, 10)
# advisories that do not concern this app, by their identifiers, each with the reason
ACCEPTED: Mapping[str, str] = {}


class Advisory(NamedTuple):
    """A weakness that is listed of a package in this version."""

    package: str
    version: str
    identifier: str


def listed(installed: Mapping[str, str], database: str = DATABASE) -> list[Advisory]:
    """What is listed of packages (versions by names), but for ACCEPTED.

    Raises requests.RequestException where nobody answers, or not as the database does.
    """
    asked: list[Any] = [
        {"package": {"name": name, "ecosystem": "PyPI"}, "version": version}
        for name, version in installed.items()
    ]
    answer = requests.post(database, json={"queries": asked}, timeout=PATIENCE)
    answer.raise_for_status()
    found = answer.json().get("results", [])
    if len(found) != len(asked):
        raise requests.RequestException(f"{len(found)} answers to {len(asked)} questions")
    return [
        Advisory(name, version, each["id"])
        for (name, version), result in zip(installed.items(), found, strict=True)
        for each in result.get("vulns", [])
        if each["id"] not in ACCEPTED
    ]


def main(database: str = DATABASE) -> int:
    """Ask, and say what was found; 1 where a weakness is listed."""
    installed = packages()
    try:
        found = listed(installed, database)
    except requests.RequestException as problem:
        print(f"Not audited: the database of advisories did not answer ({type(problem).__name__}).")
        return 0
    for advisory in found:
        print(f"{advisory.package} {advisory.version}: {advisory.identifier}")
    print(f"{len(installed)} packages audited, {len(found)} advisories.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())

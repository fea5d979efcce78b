"""What is installed by its checksum is what the tests ran with, all that the app needs, and nothing else."""

import re
import tomllib

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.builders import ROOT


def pinned(name: str) -> dict[str, tuple[str, str]]:
    """Each package of a file of requirements with its version, and what follows it up to the next."""
    found = re.findall(
        r"^([\w.-]+)==([\w.+!]+)(.*?)(?=^[\w.-]+==|\Z)",
        (ROOT / name).read_text(encoding="utf-8"),
        re.MULTILINE | re.DOTALL,
    )
    return {canonicalize_name(package): (version, rest) for package, version, rest in found}


def test_every_checksummed_package_has_the_version_of_the_tests() -> None:
    tested, checksummed = pinned("requirements.lock"), pinned("deploy/requirements.hashes")
    assert {name: version for name, (version, _) in checksummed.items()} == {
        name: tested[name][0] for name in checksummed
    }
    assert all(re.search(r"--hash=sha256:[0-9a-f]{64}\b", rest) for _, rest in checksummed.values())


def test_all_that_the_app_needs_is_checksummed_and_what_only_its_tests_need_is_not() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    needed = {canonicalize_name(Requirement(each).name) for each in project["dependencies"]}
    checksummed = pinned("deploy/requirements.hashes").keys()
    assert needed <= checksummed
    assert checksummed.isdisjoint({"pytest", "playwright", "hypothesis", "mypy", "ruff"})


def test_nothing_is_said_of_where_packages_come_from() -> None:
    for name in ("requirements.lock", "deploy/requirements.hashes"):
        assert "://" not in (ROOT / name).read_text(encoding="utf-8")

"""What is installed by its checksum is what the tests ran with, all that the app needs, and nothing else."""

import json
import re
import subprocess
import sys
import tomllib
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from pages import __version__
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


def bill() -> dict[str, Any]:
    """The bill of materials that goes with the project."""
    return dict(json.loads((ROOT / "deploy" / "sbom.json").read_text(encoding="utf-8")))


def licences() -> dict[str, str]:
    """The licence of each package that a server installs."""
    return {
        each["name"]: found.get("expression") or found["license"]["name"]
        for each in bill()["components"]
        for found in each["licenses"]
    }


def test_the_bill_of_materials_has_each_package_of_a_server_and_nothing_else() -> None:
    listed = {each["name"]: each["version"] for each in bill()["components"]}
    assert listed == {name: version for name, (version, _) in pinned("deploy/requirements.hashes").items()}
    assert bill()["metadata"]["component"]["version"] == __version__


def test_each_package_of_a_server_has_a_licence_and_none_asks_for_the_apps_own_source() -> None:
    found = licences()
    assert found.keys() == pinned("deploy/requirements.hashes").keys()
    known = re.compile(r"MIT|BSD|Apache|PSF|Python Software Foundation|MPL|ISC|Zlib|CC0", re.IGNORECASE)
    assert [name for name, licence in found.items() if not known.search(licence)] == []
    assert [name for name, licence in found.items() if re.search(r"GPL|GNU|SSPL|Affero", licence)] == []


@pytest.mark.thorough
def test_the_bill_of_materials_is_what_its_command_writes_here() -> None:
    written = subprocess.run(
        [sys.executable, "-m", "deploy.sbom"], cwd=ROOT, check=True, capture_output=True, text=True
    )
    assert json.loads(written.stdout) == bill()

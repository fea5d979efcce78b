"""What the app is made of, as CycloneDX: written from the checksummed packages that a server installs.

    python -m deploy.sbom > deploy/sbom.json

Licences are those that the installed packages name themselves. It holds no date, so that it changes only when
what it lists does.
"""

import json
import re
import sys
from collections.abc import Mapping
from email.message import Message
from importlib import metadata
from pathlib import Path

from pages import __version__

CHECKSUMMED = Path(__file__).with_name("requirements.hashes")
# a licence that is longer is its whole text, of which the classifier is the name
LONGEST_NAME = 60
_CLASSIFIER = "License :: OSI Approved :: "


def packages() -> dict[str, str]:
    """The packages that a server installs, with their versions."""
    return dict(re.findall(r"^([\w.-]+)==([\w.+!]+)", CHECKSUMMED.read_text(encoding="utf-8"), re.MULTILINE))


def licence(described: Message | Mapping[str, str]) -> dict[str, object]:
    """What a package says of its licence, as CycloneDX has it: an SPDX expression, or a name."""
    expression, name = described.get("License-Expression"), (described.get("License") or "").strip()
    if expression:
        return {"expression": expression}
    classifiers = described.get_all("Classifier", []) if isinstance(described, Message) else []
    named = [one.removeprefix(_CLASSIFIER) for one in classifiers if one.startswith(_CLASSIFIER)]
    if name and len(name) <= LONGEST_NAME:
        named = [name]
    return {"license": {"name": ", ".join(named)}}


def bill() -> dict[str, object]:
    """The whole bill. Raises importlib.metadata.PackageNotFoundError when a package is not installed."""
    components = [
        {
            "type": "library",
            "bom-ref": f"pkg:pypi/{name}@{version}",
            "name": name,
            "version": version,
            "purl": f"pkg:pypi/{name}@{version}",
            "licenses": [licence(metadata.distribution(name).metadata)],  # type: ignore[arg-type]
        }
        for name, version in sorted(packages().items())
    ]
    app = f"beyond-boundaries-london@{__version__}"
    own = {
        "type": "application",
        "bom-ref": app,
        "name": "beyond-boundaries-london",
        "version": __version__,
        "licenses": [{"expression": "MIT"}],
    }
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": own},
        "components": components,
        "dependencies": [{"ref": app, "dependsOn": [each["bom-ref"] for each in components]}],
    }


if __name__ == "__main__":
    json.dump(bill(), sys.stdout, indent=1, ensure_ascii=False)
    print()

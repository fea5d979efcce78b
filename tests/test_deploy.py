"""What whoever runs the app for others is given: settings in one table, and files that fit the app."""

import configparser
import re
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
import yaml

from data_loaders import settings
from tests.browser.conftest import free_port
from tests.builders import ROOT

DEPLOY = ROOT / "deploy"
RUNNING = (ROOT / "docs" / "running.md").read_text(encoding="utf-8")
# of nobody's making here: proxies and certificates, as all programs name them
COMMON = {"HTTPS_PROXY", "NO_PROXY", "REQUESTS_CA_BUNDLE"}
NAME = re.compile(r"\b(?:BEYOND_BOUNDARIES_[A-Z_]+|DATABASE_URL(?:_FILE)?)\b")


def known() -> set[str]:
    """Every setting that the code reads."""
    return {value for value in vars(settings).values() if isinstance(value, str) and NAME.fullmatch(value)}


def test_every_setting_stands_in_one_table_and_nowhere_else() -> None:
    rows = re.findall(r"^\| (`.*?`) \|", RUNNING, re.MULTILINE)
    named = [name for row in rows for name in re.findall(r"`([A-Z_]+)`", row)]
    assert len(named) == len(set(named))
    assert set(named) == known() | COMMON
    others = [path for path in (ROOT / "docs").glob("*.md") if path.name != "running.md"]
    assert not [
        path.name for path in others if re.search(r"^\| `[A-Z_]{8,}`", path.read_text(), re.MULTILINE)
    ]


def test_no_file_sets_what_the_app_does_not_read() -> None:
    files = [
        path
        for path in DEPLOY.rglob("*")
        if path.is_file() and path.name != "requirements.hashes" and path.parent.name != "__pycache__"
    ]
    assert len(files) >= 6
    for path in files:
        assert set(NAME.findall(path.read_text(encoding="utf-8"))) <= known(), path.name


def copied(to: Path) -> Path:
    """What the image has of the project, laid out as in the image."""
    lines = (DEPLOY / "Dockerfile").read_text(encoding="utf-8").splitlines()
    for line in lines:
        match line.split():
            case ["COPY", source, target] if not source.startswith("--") and "hashes" not in source:
                place = to / target.rstrip("/")
                if (ROOT / source).is_dir():
                    shutil.copytree(ROOT / source, place, ignore=shutil.ignore_patterns("__pycache__"))
                else:
                    place.mkdir(parents=True, exist_ok=True)
                    shutil.copy(ROOT / source, place)
    return to


def laid(folder: Path) -> dict[str, float]:
    """The files of a folder, and when each was written."""
    return {str(path): path.stat().st_mtime for path in folder.rglob("*") if path.is_file()}


def test_the_image_has_all_that_the_app_needs_and_writes_only_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app, data = copied(tmp_path / "app"), tmp_path / "data"
    before = laid(app)
    for name, value in {
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONPATH": str(app),
        "HOME": str(tmp_path / "home"),
        settings.LIVE: str(data / "live"),
        settings.SURVEY: str(data / "survey.sqlite"),
    }.items():
        monkeypatch.setenv(name, value)
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    with subprocess.Popen(command, cwd=app, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            # the check of the image: it asks until figures can be shown
            assert asked(f"http://localhost:{port}/readyz") == b"ok"
            assert asked(f"http://localhost:{port}/data/centres_per_10k_0_4.csv").startswith(b"indicator")
            assert asked(f"http://localhost:{port}/picture/map.png?indicator=idaci_2019").startswith(
                b"\x89PNG"
            )
        finally:
            server.terminate()
    assert laid(app) == before


def asked(address: str) -> bytes:
    """What a server answers, as soon as there is one, within a minute."""
    deadline = time.monotonic() + 60
    while True:
        try:
            with urllib.request.urlopen(address) as answer:
                return bytes(answer.read())
        except urllib.error.URLError:
            assert time.monotonic() < deadline


def test_what_the_image_is_built_from_is_sent_to_its_builder() -> None:
    sent = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    sources = re.findall(r"^COPY (?!--)(\S+) ", (DEPLOY / "Dockerfile").read_text(), re.MULTILINE)
    assert {f"!{source}" for source in sources} == {line for line in sent if line.startswith("!")}


def test_the_containers_keep_their_secrets_in_files_and_cannot_write_their_root() -> None:
    compose = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
    apps = {name: service for name, service in compose["services"].items() if "build" in service}
    assert set(apps) == {"app-1", "app-2", "refresh"}
    for app in apps.values():
        assert app["read_only"] is True
        assert app["cap_drop"] == ["ALL"]
        assert app["environment"][settings.DATABASE_FILE] == "/run/secrets/database_url"
    assert all("secrets/" in secret["file"] for secret in compose["secrets"].values())
    assert "deploy/secrets/" in (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
    # the proxy is told the names of the processes in place of this machine's ports
    ports = re.findall(r"server (127\.0\.0\.1:\d+)", (DEPLOY / "nginx.conf").read_text(encoding="utf-8"))
    told = dict(re.findall(r"s/([\d.]+:\d+)/([\w-]+):8501/", compose["services"]["proxy"]["command"]))
    assert told == dict(zip(ports, ["app-1", "app-2"], strict=True))


def test_the_services_run_what_the_guide_installs_as_a_user_without_rights() -> None:
    for unit in (DEPLOY / "systemd").glob("*.service"):
        parsed = configparser.ConfigParser(strict=False, interpolation=None)
        parsed.optionxform = str  # type: ignore[assignment,method-assign]
        parsed.read(unit)
        service = parsed["Service"]
        assert service["ExecStart"].startswith("/opt/beyond-boundaries/.venv/bin/")
        assert service["User"] == "beyond-boundaries"
        assert service["ProtectSystem"] == "strict"
        assert service["StateDirectory"] == "beyond-boundaries"
    assert "ln -sfn /opt/beyond-boundaries-" in RUNNING
    assert "python3 -m venv .venv" in RUNNING


def test_a_database_is_named_by_a_file_because_its_address_has_a_password(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "database_url"
    file.write_text("postgresql://app:hush@database/answers\n", encoding="utf-8")
    monkeypatch.setenv(settings.DATABASE, "postgresql://not@this/one")
    monkeypatch.setenv(settings.DATABASE_FILE, str(file))
    assert settings.database_address() == "postgresql://app:hush@database/answers"
    file.write_text("\n", encoding="utf-8")
    with pytest.raises(settings.SettingError, match="must be a file that can be read, with an address in it"):
        settings.check()


def test_a_cluster_has_the_topology_of_the_containers_and_the_same_bounds() -> None:
    file = DEPLOY / "kubernetes" / "beyond-boundaries.yaml"
    parts = list(yaml.safe_load_all(file.read_text(encoding="utf-8")))
    named = {(part["kind"], part["metadata"]["name"]): part["spec"] for part in parts if "spec" in part}
    app = named["StatefulSet", "beyond-boundaries-app"]
    pod, proxy = app["template"]["spec"], named["Deployment", "beyond-boundaries-proxy"]["template"]["spec"]
    refresh = named["CronJob", "beyond-boundaries-refresh"]["jobTemplate"]["spec"]["template"]["spec"]
    user = re.search(r"--uid (\d+)", (DEPLOY / "Dockerfile").read_text(encoding="utf-8"))
    assert user
    for each in (pod, proxy, refresh):
        (container,) = each["containers"]
        assert container["securityContext"] == {
            "allowPrivilegeEscalation": False,
            "readOnlyRootFilesystem": True,
            "capabilities": {"drop": ["ALL"]},
        }
        assert each["securityContext"]["runAsNonRoot"] is True
        assert each["automountServiceAccountToken"] is False
        assert {mount["name"] for mount in container["volumeMounts"]} == {
            volume["name"] for volume in each["volumes"]
        }
    assert pod["securityContext"]["runAsUser"] == refresh["securityContext"]["runAsUser"] == int(user[1])
    (container,) = pod["containers"]
    probes = {name: container[f"{name}Probe"]["httpGet"]["path"] for name in ("startup", "readiness")}
    assert probes == {"startup": "/readyz", "readiness": "/healthz"}
    # the proxy is told the lasting names of the processes, each of which is the service of one of them
    ports = re.findall(r"server (127\.0\.0\.1:\d+)", (DEPLOY / "nginx.conf").read_text(encoding="utf-8"))
    told = dict(re.findall(r"s/([\d.]+:\d+)/([\w-]+):8501/", proxy["containers"][0]["args"][0]))
    pods = [f"beyond-boundaries-app-{number}" for number in range(app["replicas"])]
    assert told == dict(zip(ports, pods, strict=True))
    for name in pods:
        assert named["Service", name]["selector"] == {"statefulset.kubernetes.io/pod-name": name}


def test_each_defence_of_the_threat_model_names_a_test_that_is_there() -> None:
    security = ROOT / "docs" / "security.md"
    table = security.read_text(encoding="utf-8").split("## What is done")[1].split("## What is left")[0]
    rows = [row for row in table.splitlines() if row.startswith("| ")][1:]
    assert len(rows) > 10
    for row in rows:
        tests = re.findall(r"\]\((\.\./tests/[\w/]+\.py)\)", row.split("|")[3])
        assert tests, row
        assert [test for test in tests if not (security.parent / test).is_file()] == []

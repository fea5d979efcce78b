"""Who may import whom, and what the source does not contain."""

import ast
import re
import sys
import tomllib
from pathlib import Path

import pytest

from tests.builders import ROOT

# from the lowest to the highest: a module imports its own layer and those before it
LAYERS = ("data_loaders", "geo", "pages", "app")
FOLDERS = (*LAYERS[:-1], "benchmarks", "tests")
# the command line stands above the packages that it calls
COMMAND_LINE = (Path("data_loaders/__main__.py"), Path("data_loaders/survey/command_line.py"))


def sources(*folders: str) -> list[Path]:
    """Python files below these folders, relative to the root of the project."""
    return sorted(path.relative_to(ROOT) for folder in folders for path in (ROOT / folder).rglob("*.py"))


def imported_modules(path: Path) -> set[str]:
    """Full names of the modules that a file imports, anywhere in it."""
    found = set()
    for node in ast.walk(ast.parse((ROOT / path).read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} has a relative import"
            found |= {f"{node.module}.{alias.name}" for alias in node.names} | {str(node.module)}
    return found


def packages(path: Path) -> set[str]:
    return {name.partition(".")[0] for name in imported_modules(path)}


PRODUCT = [Path("app.py"), *sources(*LAYERS[:-1])]
PAGES = [path for path in sources("pages") if path.parent == Path("pages")]


def test_the_walk_finds_the_source() -> None:
    assert {"data_loaders/store.py", "geo/tables/london.py", "pages/map.py"} <= {
        path.as_posix() for path in PRODUCT
    }
    assert "streamlit" in packages(Path("app.py"))
    assert "geo.tables.london" in imported_modules(Path("geo/tables/listing.py"))


@pytest.mark.parametrize("path", sources("data_loaders", "geo"), ids=str)
def test_only_the_pages_know_streamlit(path: Path) -> None:
    assert "streamlit" not in packages(path)


@pytest.mark.parametrize("path", [path for path in PRODUCT if path not in COMMAND_LINE], ids=str)
def test_nothing_imports_upwards(path: Path) -> None:
    own = path.with_suffix("").parts[0]
    above = LAYERS[LAYERS.index(own) + 1 :]
    assert packages(path).isdisjoint({*above, "tests", "benchmarks"})


@pytest.mark.parametrize("path", COMMAND_LINE, ids=str)
def test_the_command_line_calls_no_page(path: Path) -> None:
    assert packages(path).isdisjoint({"pages", "app", "streamlit"})


@pytest.mark.parametrize("path", sources("pages/components", "pages/exports"), ids=str)
def test_components_import_no_page(path: Path) -> None:
    scripts = {f"pages.{page.stem}" for page in PAGES if page.stem != "__init__"}
    assert imported_modules(path).isdisjoint(scripts)


@pytest.mark.parametrize("path", sources("pages"), ids=str)
def test_what_strangers_upload_is_read_in_a_process_of_its_own(path: Path) -> None:
    assert "data_loaders.survey.reading.read_upload" not in imported_modules(path)
    assert "data_loaders.survey.workbook" not in imported_modules(path)


@pytest.mark.parametrize("path", PAGES, ids=str)
def test_a_page_is_a_short_script_without_colours_or_requests(path: Path) -> None:
    text = (ROOT / path).read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 100
    assert not re.search(r"#[0-9A-Fa-f]{3,8}\b", text)
    assert packages(path).isdisjoint({"requests", "urllib", "http", "httpx", "socket"})


@pytest.mark.parametrize("path", [Path("app.py"), *sources(*FOLDERS)], ids=str)
def test_no_error_is_swallowed_whole_and_nothing_is_left_to_do(path: Path) -> None:
    text = (ROOT / path).read_text(encoding="utf-8")
    handlers = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.ExceptHandler)]
    caught = {ast.unparse(handler.type) if handler.type else "everything" for handler in handlers}
    assert caught.isdisjoint({"everything", "Exception", "BaseException"})
    assert "TO" + "DO" not in text


def test_every_package_that_is_imported_is_declared() -> None:
    names = {"docx": "python-docx", "pptx": "python-pptx", "vl_convert": "vl-convert-python"}
    names["pydantic_core"] = "pydantic-core"
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    groups = [project["dependencies"], *project["optional-dependencies"].values()]
    declared = {re.split(r"[^\w.-]", requirement)[0] for group in groups for requirement in group}
    for path in PRODUCT:
        outside = packages(path) - set(LAYERS) - sys.stdlib_module_names
        assert {names.get(name, name) for name in outside} <= declared, path

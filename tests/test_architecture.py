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


# rooms of pages/components, from the ground up: a room uses those of the floors below it
FLOORS: tuple[set[str], ...] = (
    {"text"},
    {"state"},
    {"charts"},
    {"data"},
    {"exhibits", "notes"},
    {"answers", "borders", "ics", "lottery", "map", "sources", "survey"},
    {"borough", "maturity", "meeting"},
    {"compare", "self_evaluation"},
    {"packs"},
    {"frame", "pack"},
)
# and those of geo
FLOORS_OF_GEO: tuple[set[str], ...] = (
    {"boundaries", "measures"},
    {"tables"},
    {"lottery", "survey"},
    {"places"},
)
BUILDING = [("pages.components", FLOORS), ("geo", FLOORS_OF_GEO)]


def rooms_used(path: Path, building: str) -> set[str]:
    """The rooms of a building that a file imports from."""
    names = imported_modules(path)
    return {
        name.removeprefix(f"{building}.").partition(".")[0]
        for name in names
        if name.startswith(f"{building}.")
    }


@pytest.mark.parametrize(("building", "floors"), BUILDING, ids=[name for name, _ in BUILDING])
def test_a_room_uses_only_those_of_the_floors_below_it(building: str, floors: tuple[set[str], ...]) -> None:
    floor = {room: number for number, rooms in enumerate(floors) for room in rooms}
    folder = Path(building.replace(".", "/"))
    files = [path for path in sources(str(folder)) if path.parent != folder]
    assert {path.parent.name for path in files} == set(floor)
    for path in files:
        own = path.parent.name
        upwards = {room for room in rooms_used(path, building) if floor[room] >= floor[own]} - {own}
        assert not upwards, f"{path} uses {upwards}"


@pytest.mark.parametrize("building", [name for name, _ in BUILDING])
def test_every_file_lies_in_a_room_that_says_what_it_is_for(building: str) -> None:
    folder = ROOT / building.replace(".", "/")
    assert [path.name for path in folder.glob("*.py")] == ["__init__.py"]
    for room in (path for path in folder.iterdir() if path.is_dir() and path.name != "__pycache__"):
        assert ast.get_docstring(ast.parse((room / "__init__.py").read_text(encoding="utf-8"))), room


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

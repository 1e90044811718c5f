"""The house rule: an import points down, from floor to floor and, inside an app, from stair to stair."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FLOORS = [
    {"accounts"},
    {"reporting"},
    {"projects"},
    {"pledges", "evaluation", "youth"},
    {"nonsan_strategy"},
]
STAIRS = [
    {"formats", "clock", "triggers", "charts", "addresses", "sessions", "workdays"},
    {"fields", "stages"},
    {"models"},
    {"permissions", "rules", "rates", "subjects", "history", "marks", "mail", "limits", "schedule"},
    {"staff_rights", "regional_rights", "regional_rules"},
    {"wording", "checks", "details", "money", "places"},
    {"notices", "cells"},
    {"workflow", "snapshots", "editions", "charges", "jury", "consistency", "scan", "imports"},
    {"reports"},
    {"actions", "typing", "reminders", "extensions", "handovers", "changes", "uploads"},
    {"guard", "publishing", "previews", "board", "opinions", "follow", "comparison"},
    {"staff"},
    {"forms", "filters", "tables", "documents", "citizen_forms", "opinion_lists", "regional"},
    {"change_forms", "jury_forms", "sheet"},
    {"staff_forms", "staff_lists"},
    {"exports", "subject", "adapters", "middleware", "receivers", "finished"},
    {"lists", "public", "open_forms", "share", "making", "master"},
    {"manifesto"},
    {"templatetags"},
    {"views", "admin", "management", "apps"},
    {"citizen_urls", "board_urls", "staff_urls", "regional_urls"},
    {"urls"},
]
FLOOR_OF = {app: floor for floor, apps in enumerate(FLOORS) for app in sorted(apps)}
STAIR_OF = {module: stair for stair, modules in enumerate(STAIRS) for module in modules}
SKIP = {"migrations", "__init__"}


def sources(app):
    """Every Python file of an app with the stair it stands on."""
    for path in sorted((ROOT / app).rglob("*.py")):
        part = path.relative_to(ROOT / app).parts[0].removesuffix(".py")
        if part not in SKIP:
            yield path, part


def imports(path):
    """Dotted names that a file imports from this project, also inside functions, as (app, module)."""
    package = path.relative_to(ROOT).parent.parts
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = list(package[: len(package) - node.level + 1]) if node.level else []
            stem = ".".join([*base, *(node.module or "").split(".")]).strip(".")
            deep = len(stem.split(".")) > 1
            names = [stem] if deep else [f"{stem}.{alias.name}" for alias in node.names]
        else:
            continue
        for name in names:
            app, _, rest = name.partition(".")
            if app in FLOOR_OF:
                yield app, rest.split(".")[0]


@pytest.mark.parametrize("app", FLOOR_OF)
def test_an_app_imports_only_lower_floors(app):
    upward = {
        f"{path.relative_to(ROOT)} imports {name}"
        for path, _ in sources(app)
        for name, _ in imports(path)
        if name != app and FLOOR_OF[name] >= FLOOR_OF[app]
    }
    assert not upward


@pytest.mark.parametrize("app", sorted(set(FLOOR_OF) - {"nonsan_strategy"}))
def test_a_module_imports_only_lower_stairs(app):
    upward = {
        f"{path.relative_to(ROOT)} imports {app}.{module}"
        for path, part in sources(app)
        for name, module in imports(path)
        if name == app and module != part and STAIR_OF[module] >= STAIR_OF[part]
    }
    assert not upward


@pytest.mark.parametrize("app", FLOOR_OF)
def test_no_import_hides_inside_a_function(app):
    hidden = {
        f"{path.relative_to(ROOT)}:{inner.lineno}"
        for path, _ in sources(app)
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef)
        for inner in ast.walk(node)
        if isinstance(inner, ast.Import | ast.ImportFrom)
    }
    assert not hidden


@pytest.mark.parametrize("app", FLOOR_OF)
def test_every_module_and_public_function_says_what_it_is(app):
    silent = set()
    for path, part in sources(app):
        tree = ast.parse(path.read_text("utf-8"))
        silent |= {str(path.relative_to(ROOT))} if not ast.get_docstring(tree) else set()
        if part in ("admin", "management", "apps"):
            continue
        silent |= {
            f"{path.relative_to(ROOT)}: {node.name}"
            for node in tree.body
            if isinstance(node, ast.FunctionDef | ast.ClassDef)
            and not node.name.startswith("_")
            and not ast.get_docstring(node)
        }
    assert not silent


@pytest.mark.parametrize("app", FLOOR_OF)
def test_no_file_grows_past_its_room(app):
    long = {
        str(path.relative_to(ROOT)): lines
        for path, _ in sources(app)
        if (lines := len(path.read_text("utf-8").splitlines())) > 300
    }
    assert not long

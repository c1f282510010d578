"""One reader for all tests that read whole reports: the parser is loaded once. A developer's own actor list stays out of it."""

import os

import pytest

from sayso.pipeline import Reader


def pytest_configure() -> None:
    """Nothing; from here on the reader's own list of actors is a file that is not there."""
    os.environ["SAYSO_ACTORS"] = os.devnull + ".none"


@pytest.fixture(scope="session")
def reader() -> Reader:
    return Reader()

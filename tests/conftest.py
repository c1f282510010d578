"""One reader for all tests that read whole reports: the parser is loaded once."""

import pytest

from sayso.pipeline import Reader


@pytest.fixture(scope="session")
def reader() -> Reader:
    return Reader()

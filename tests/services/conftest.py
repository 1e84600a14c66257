from collections.abc import Iterator

import pytest

from tests.services.installation import Installation


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """One installation for the tests of a module: making the database's files takes a second."""
    made = Installation(tmp_path_factory.mktemp("local") / "of its own")
    yield made
    made.remove()

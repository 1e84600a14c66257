"""Where the tests keep their own servers' data: a folder inside LOCAL_DIR, so that a running portal is left alone.

`python -m tests.local_dir` prints it.
"""

import os
from pathlib import Path

from hubportal import environment

NAME = "tests"


def tests_local_dir() -> Path:
    """LOCAL_DIR/tests; the same when LOCAL_DIR has been set to it already (by the process that started this one)."""
    local = environment.local_dir()
    return local if os.environ.get("HUBPORTAL_TESTS") else local / NAME


if __name__ == "__main__":
    print(tests_local_dir())

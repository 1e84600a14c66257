"""The register import beside the median of five bare COPYs of the same file into a table of 140 text columns.

Everything happens in a database of its own, dropped afterwards. Each import runs in a process of its own, as people run
it; the time is the command's own, without starting Python.
"""

import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.test.utils import setup_databases, teardown_databases

from bench import _register_files

# What we aim for: how many times the bare COPY, and megabytes at the most.
FIRST, AGAIN, SOME_CHANGED, MEMORY = 8, 1.5, 2, 300


def measure() -> None:
    """Print the figures. Says so in a sentence where the file is missing."""
    with tempfile.TemporaryDirectory() as folder:
        if (content := _register_files.received()) is None:
            return
        files = _register_files.write(Path(folder), content, 7)
        del content
        kept = setup_databases(verbosity=0, interactive=False, aliases={"default"})
        try:
            _measure(files)
        finally:
            teardown_databases(kept, verbosity=0)


def _measure(files: dict[str, Path]) -> None:
    """The bare COPYs stand before, between and after the imports, so that a machine's moods meet both alike."""
    bare, taken = [_bare_copy(files["first"])], []
    for name, words, aim in (
        ("first", "first import", FIRST),
        ("again", "the same rows, another checksum", AGAIN),
        ("changed", "5 % of the rows changed", SOME_CHANGED),
        ("first", "the same file", AGAIN),
    ):
        taken.append((words, aim, _import(files[name])))
        bare.append(_bare_copy(files["first"]))
    median = statistics.median(bare)
    listed = ", ".join(f"{seconds:.2f}" for seconds in bare)
    print(f"  median of {len(bare)} bare COPYs into 140 text columns {median:.2f} s ({listed})")
    for words, aim, figures in taken:
        print(
            f"  {words:<45}{figures['seconds']:6.2f} s, ratio {figures['seconds'] / median:5.2f} (aim {aim}), "
            f"at most {figures['peak_mb']:.0f} MB (aim {MEMORY}); {figures['new']:,} new, "
            f"{figures['changed']:,} changed, {figures['unchanged']:,} unchanged"
        )


def _bare_copy(path: Path) -> float:
    with connection.cursor() as cursor:
        columns = ", ".join(f"c{number} text" for number in range(140))
        cursor.execute(f"DROP TABLE IF EXISTS bare; CREATE TABLE bare ({columns})")
        started = time.monotonic()
        with (
            cursor.copy("COPY bare FROM STDIN WITH (FORMAT csv, HEADER, ENCODING 'WIN1252')") as copy,
            path.open("rb") as file,
        ):
            while piece := file.read(1024 * 1024):
                copy.write(piece)
        taken = time.monotonic() - started
        cursor.execute("DROP TABLE bare")
    return taken


def _import(path: Path) -> dict:
    report = path.with_suffix(".json")
    command = [
        sys.executable,
        "-m",
        "bench._import",
        str(settings.DATABASES["default"]["NAME"]),
        str(path),
        str(report),
    ]
    subprocess.run(command, check=True)
    return json.loads(report.read_text())

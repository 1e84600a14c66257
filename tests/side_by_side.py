"""Which tests run in one process, one after the other, when several processes run side by side.

xdist's own mark for this (`xdist_group`) is lost with pytest 9.2, whose ids are no plain texts any more; so the paths
say it. What is not named here goes wherever there is time.
"""

from xdist.scheduler import LoadGroupScheduling

TOGETHER = {
    # These only read the sources. The group of the most tests is dealt out first: one process goes through these while
    # the other migrates the database.
    "sources": (
        "tests/architecture/test_docs.py",
        "tests/architecture/test_layers.py",
        "tests/architecture/test_templates.py",
        "tests/architecture/test_tenancy_lint.py",
    ),
    # the walk through every page is made once a process, and is the longest fixture of all
    "walk": (
        "tests/architecture/test_access_matrix.py",
        "tests/architecture/test_html.py",
        "tests/architecture/test_safe_methods.py",
        "tests/architecture/test_ways.py",
        "tests/architecture/test_words.py",
    ),
    # the demo is loaded once for all that looks at it
    "demo": ("tests/demo/test_load_demo.py",),
    "tenancy": ("tests/architecture/test_tenancy_of_models.py",),
    # one server, one worker and one browser
    "journeys": ("tests/journeys/",),
    # one installation of the embedded servers, which the tests kill
    "services": ("tests/services/test_embedded.py", "tests/services/test_run.py"),
    "killed": ("tests/reports/test_killed.py",),
}


class SideBySide(LoadGroupScheduling):
    """Tests of a group stay together, the others are dealt out one by one."""

    def _split_scope(self, nodeid: str) -> str:
        return next((group for group, paths in TOGETHER.items() if nodeid.startswith(paths)), nodeid)

"""What a platform administrator does with the register's files, in a browser."""

import re
from collections.abc import Mapping
from pathlib import Path

from playwright.sync_api import expect

from tests import factories as make
from tests.journeys.visitor import Visitor

LONGEST = 60_000  # milliseconds that the worker may take for a file


def sign_in_to_the_register(nadia: Visitor) -> None:
    """A platform administrator's home is the administration, which has a door of its own."""
    person = make.make_user("Nadia Farouk", is_superuser=True, password=make.PASSWORD)
    nadia.go("/register/")
    nadia.look("Sign in")
    nadia.page.get_by_label("Email address").fill(person.email)
    nadia.page.get_by_label("Password", exact=True).fill(make.PASSWORD)
    nadia.button("Sign in").click()
    nadia.look("National school register")


def brings(nadia: Visitor, files: Mapping[str, Path]) -> None:
    """Upload files by how the labels of their boxes begin."""
    nadia.go("/register/new/")
    for label, path in files.items():
        nadia.page.get_by_label(re.compile(f"^{re.escape(label)}")).set_input_files(path)
    nadia.button("Read the files").click()


def waits_for(nadia: Visitor, heading: str) -> None:
    """Until the worker has come so far; by reloading, as somebody does whose browser runs no scripts."""
    title = nadia.page.get_by_role("heading", level=1)
    if nadia.scripts:
        expect(title).to_have_text(heading, timeout=LONGEST)
    else:
        for _ in range(LONGEST // 500):
            if title.text_content() == heading:
                break
            nadia.page.wait_for_timeout(500)
            nadia.page.reload()
    nadia.look(heading)

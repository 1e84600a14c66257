"""Somebody in front of a browser: what they do, in their own words, and what must be true of every page they see."""

import re
from functools import cache
from typing import Any

from playwright.sync_api import Browser, Locator, Page, expect
from playwright.sync_api import Error as PlaywrightError

from hubportal.accounts.models import User
from tests.architecture.source import ROOT
from tests.factories import PASSWORD

NARROW = {"width": 320, "height": 640}
PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 900}
PATIENCE = 20_000  # milliseconds, on a machine that is busy with other tests
expect.set_options(timeout=PATIENCE)
AXE = "(() => { %s; return axe.run(document, {resultTypes: ['violations']}).then(found => found.violations); })()"


@cache
def axe() -> str:
    return (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text()


class Visitor:
    """A person with a browser of their own."""

    def __init__(self, browser: Browser, address: str, *, size: dict = DESK, scripts: bool = True) -> None:
        self.scripts = scripts
        self.context = browser.new_context(
            base_url=address, viewport=size, java_script_enabled=scripts, locale="en-GB", reduced_motion="reduce"
        )
        self.context.set_default_timeout(PATIENCE)
        self.page: Page = self.context.new_page()
        self.complaints: list[str] = []
        self.watch(self.page)

    def watch(self, page: Page) -> None:
        """Note what a page complains of in its console, and answers that say the portal broke."""
        page.on("pageerror", lambda error: self.complaints.append(f"{page.url}: {error}"))
        page.on("response", self._note)
        page.on(
            "console",
            lambda message: (
                self.complaints.append(f"{page.url}: {message.text}")
                if message.type == "error" and "Failed to load resource" not in message.text
                else None
            ),
        )

    def _note(self, response: Any) -> None:
        if response.status >= 500:
            self.complaints.append(f"{response.url}: {response.status}")

    def close(self) -> None:
        self.context.close()

    # --- Going about -------------------------------------------------------------------------------------------------

    def go(self, address: str) -> int:
        """Open an address; its status."""
        answer = self.page.goto(address)
        assert answer is not None
        return answer.status

    def sign_in(self, user: User) -> None:
        self.go("/")
        self.look("Sign in")
        self.page.get_by_label("Email address").fill(user.email)
        self.page.get_by_label("Password", exact=True).fill(PASSWORD)
        self.page.get_by_role("button", name="Sign in").click()
        expect(self.page.locator("form[data-sign-out]")).to_be_attached()

    def sign_in_again(self, user: User) -> None:
        """By the link of the line that says that the sign-in has ended: in another tab, and back."""
        with self.context.expect_page() as opened:
            self.link("Sign in again").click()
        tab = opened.value
        tab.get_by_label("Email address").fill(user.email)
        tab.get_by_label("Password", exact=True).fill(PASSWORD)
        tab.get_by_role("button", name="Sign in").click()
        expect(tab.locator("form[data-sign-out]")).to_be_attached()
        tab.close()
        self.page.bring_to_front()
        self.page.evaluate("window.dispatchEvent(new Event('focus'))")

    def sign_out(self) -> None:
        if not self.button("Sign out").is_visible():  # behind the menu, on a phone
            self.button("Menu").click()
        self.button("Sign out").click()
        expect(self.page.get_by_role("heading", level=1)).to_have_text("Sign in")

    def button(self, name: str, exact: bool = False) -> Locator:
        return self.page.get_by_role("button", name=name, exact=exact).first

    def link(self, name: str, exact: bool = False) -> Locator:
        return self.page.get_by_role("link", name=name, exact=exact).first

    def way(self, name: str) -> Locator:
        """A link or a button of the page whose words begin like this, whichever it is: people press both."""
        main, words = self.page.get_by_role("main"), re.compile(f"^{re.escape(name)}")
        return main.get_by_role("button", name=words).or_(main.get_by_role("link", name=words)).first

    def box(self, name: str) -> Locator:
        """A text box by its label, which may go on to say that it can be left empty."""
        return self.page.get_by_role("textbox", name=re.compile(rf"^{re.escape(name)}( \(optional\))?$")).first

    def typed(self, name: str) -> Locator:
        """What the form sends of a text box: the textarea that stands behind an editor, or the box itself."""
        named = self.page.get_by_label(re.compile(rf"^\s*{re.escape(name)}\s*(\(optional\))?\s*$"))
        return named.and_(self.page.locator("textarea, input")).first

    # --- What must be true of every page -----------------------------------------------------------------------------

    def look(self, heading: str | re.Pattern) -> None:
        """The page has this heading, nothing to complain of, no axe violation, and fits the screen's width."""
        try:
            self._look(heading)
        except PlaywrightError as error:
            if "context was destroyed" not in str(error):
                raise
            self._look(heading)  # the next page had such a heading too, and came while we looked

    def _look(self, heading: str | re.Pattern) -> None:
        self.page.wait_for_load_state()
        expect(self.page.get_by_role("heading", level=1)).to_have_text(heading)
        expect(self.page.get_by_role("heading", level=1)).to_have_count(1)
        if self.scripts:  # axe is a script
            found = self.violations()
            assert found == [], found
        widths = self.page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
        assert widths[0] <= widths[1], f"{self.page.url} is {widths[0]} wide on a screen of {widths[1]}"
        assert self.complaints == [], self.complaints

    def violations(self) -> list[str]:
        found = self.page.evaluate(AXE.replace("%s", axe()))
        return [
            f"{self.page.url}: {each['id']}: {each['help']}: {node['html'][:200]}"
            for each in found
            for node in each["nodes"]
        ]

    def sees(self, words: str) -> None:
        expect(self.page.locator("main")).to_contain_text(words)

    def does_not_see(self, words: str) -> None:
        expect(self.page.locator("body")).not_to_contain_text(words)

    def saved(self) -> None:
        """The draft says that everything typed is safe."""
        expect(self.page.locator("[data-draft-line]")).to_have_text(re.compile(r"^Saved at (\d|mid)"))

"""Somebody in front of a browser who has no mouse."""

from playwright.sync_api import Locator, expect

from tests.journeys.visitor import Visitor

MOST_TABS = 120
HAS_FOCUS = "element => element === document.activeElement"
SHOWS_FOCUS = """element => {
  const parts = [element, element.nextElementSibling, element.closest("label")].filter(Boolean);
  return parts.some(part => ["", "::before", "::after"].some(which => {
    const style = getComputedStyle(part, which || null);
    return (style.outlineStyle !== "none" && style.outlineWidth !== "0px") || style.boxShadow !== "none";
  }));
}"""


class Keyboard:
    """Somebody who has no mouse."""

    def __init__(self, visitor: Visitor) -> None:
        self.visitor, self.page = visitor, visitor.page

    def to(self, target: Locator) -> None:
        """Tab until it has the focus, and see that it has."""
        expect(target).to_be_attached()
        for _ in range(MOST_TABS):
            if target.evaluate(HAS_FOCUS):
                assert target.evaluate(SHOWS_FOCUS), f"nobody can see that {target} has the focus"
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"{target} cannot be reached by the keyboard")

    def press(self, target: Locator, key: str = "Enter") -> None:
        self.to(target)
        self.page.keyboard.press(key)

    def type(self, target: Locator, words: str) -> None:
        self.to(target)
        self.page.keyboard.type(words)

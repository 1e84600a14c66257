"""What the buttons inside a draft's form do to what is posted, and where they lead. Each works without JavaScript."""

from datetime import date

from django.http import QueryDict

from engagement.forms.conversations import Book, Chapter
from engagement.models import Finding
from engagement.views.conversations.pages import DraftPages, Page
from hubportal.kit import drafts

GOOD_LEVEL = 3  # established, the third of the four levels: from here on the school covers it well


def pressed(post: QueryDict, book: Book) -> QueryDict:
    """The post as the pressed button leaves it: one row more or less, a date filled in, the findings taken from the
    judgements."""
    if drafts.pressed_row(post):
        return drafts.with_row_pressed(post, book.parts())
    if given := post.get("set_date", ""):
        return _with_date(post, given)
    if "from_judgements" in post and book.chapters:
        return _with_findings(post, book.chapters[0])
    return post


def where_to(post: QueryDict, pages: DraftPages, page: Page) -> str:
    """Where the browser goes once everything is kept."""
    if rows := drafts.pressed_row(post):
        return f"{page.address()}#{rows}"
    if "from_judgements" in post:
        return f"{page.address()}#findings"
    if "next_page" in post and not drafts.only_saving(post) and (following := pages.after(page)):
        return following.address()
    return page.address()


def _with_date(post: QueryDict, given: str) -> QueryDict:
    try:
        on = date.fromisoformat(given)
    except ValueError:
        return post
    more = post.copy()
    for box, value in enumerate((on.day, on.month, on.year)):
        more[f"date_{box}"] = str(value)
    return more


def _with_findings(post: QueryDict, chapter: Chapter) -> QueryDict:
    """A finding for each judged criterion that has none: covered well from the third level on, else to develop."""
    more = post.copy()
    for kind in (Finding.Kind.COVERED, Finding.Kind.DEVELOP):
        prefix = f"{chapter.prefix}-{kind.value}"
        named = {more.get(f"{prefix}-{at}-criterion", "") for at in range(_total(more, prefix))}
        for each in chapter.judgements:
            level = next(
                (
                    int(each.form[name].data)
                    for name in ("agreed_level", "hub_level", "school_level")
                    if (each.form[name].data or "").isdecimal()
                ),
                0,
            )
            belongs = Finding.Kind.COVERED if level >= GOOD_LEVEL else Finding.Kind.DEVELOP
            if level and belongs == kind and each.criterion.code not in named:
                _add(more, prefix, each)
    return more


def _total(post: QueryDict, prefix: str) -> int:
    given = post.get(f"{prefix}-TOTAL_FORMS", "")
    return int(given) if given.isdecimal() and len(given) < 4 else 0


def _add(post: QueryDict, prefix: str, judged) -> None:
    """Fill the first empty row, or one more."""
    names = ("heading", "text", "next_step", "criterion")
    total = _total(post, prefix)
    empty = (at for at in range(total) if not any(post.get(f"{prefix}-{at}-{name}", "").strip() for name in names))
    at = next(empty, total)
    post[f"{prefix}-TOTAL_FORMS"] = str(max(total, at + 1))
    post[f"{prefix}-{at}-heading"] = judged.criterion.title
    post[f"{prefix}-{at}-criterion"] = judged.criterion.code
    post[f"{prefix}-{at}-text"] = judged.form["evidence"].data or ""
    post[f"{prefix}-{at}-next_step"] = judged.form["next_step"].data or ""

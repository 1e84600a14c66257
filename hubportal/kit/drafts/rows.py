"""What the buttons beside the rows of a draft do where there are no scripts: add one, take one out. Each keeps all that
is typed in the rest of the page."""

from collections.abc import Iterable

from django.forms import BaseForm
from django.forms.formsets import BaseFormSet
from django.http import QueryDict

from hubportal.kit.forms import with_another_row

ADD, TAKE_OUT = "add_row", "take_out"  # the names of the buttons; draft_rows.js presses neither
GOES = "data-goes-with-row"  # a hidden field that is emptied with its row


def pressed_row(post: QueryDict) -> str:
    """The prefix of the rows whose button was pressed, which is the id of their place on the page; "" where none
    was."""
    return post.get(ADD, "") or post.get(TAKE_OUT, "").rpartition("-")[0]


def with_row_pressed(post: QueryDict, parts: Iterable[BaseForm | BaseFormSet]) -> QueryDict:
    """The post as that button leaves it: with one row more, or with a row emptied, which is a row taken out; the same
    post where no such button was pressed. `parts` are the forms of the page over the post."""
    prefix = pressed_row(post)
    rows = next((each for each in parts if isinstance(each, BaseFormSet) and each.prefix == prefix), None)
    if rows is None:
        return post
    if ADD in post:
        return with_another_row(post, prefix)
    row = next((each for each in rows.forms if each.prefix == post[TAKE_OUT]), None)
    return _without(post, row) if row is not None else post


def _without(post: QueryDict, row: BaseForm) -> QueryDict:
    left = post.copy()
    for bound in row:
        if bound.is_hidden and GOES not in bound.field.widget.attrs:
            continue  # it says which record the row is of, as in draft_rows.js
        for name in [each for each in post if each == bound.html_name or each.startswith(f"{bound.html_name}_")]:
            left[name] = ""
    return left

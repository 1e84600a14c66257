"""The address a page saves itself to. The owning app scopes its row and says who may write; this answers in JSON."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import asdict
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponseBase, JsonResponse
from django.views import View

from hubportal.kit import drafts
from hubportal.kit.models import Author, Draft
from hubportal.kit.wording import clock

if TYPE_CHECKING:
    from hubportal.accounts.models import User

# Which of the two it is, nobody outside may learn.
GONE = "You have no access to this page any more, or it is not there. If you should, ask a leader of your organisation."


class SignedIn(HttpRequest):
    """A request behind the closed door: its user is a person."""

    user: User  # type: ignore[assignment]  # narrower than the stubs, which allow for somebody signed out


class DraftAutosaveView(View):
    """Takes what drafts.js sends.

    Fill in `get_draft`, `may_edit` and `get_shape`; `saved` if more has to happen at once. A view that
    `holds_draft` has a `get_draft` that reads it FOR UPDATE, in the transaction of the save: one query less.
    """

    request: SignedIn
    http_method_names = ["post"]
    holds_draft = False

    def get_draft(self) -> Draft:
        """The draft of a row found through `visible_to`; Http404 where there is none."""
        raise NotImplementedError

    def may_edit(self, draft: Draft) -> bool:
        """Whether this person may write in it."""
        raise NotImplementedError

    def get_shape(self, draft: Draft) -> drafts.Shape:
        """The shape of the page's forms, bound to the post where people can add rows."""
        raise NotImplementedError

    def writer(self, draft: Draft) -> Author:
        """Who saves it, and whose words they are."""
        return Author(self.request.user)

    def saved(self, draft: Draft, result: drafts.SaveResult) -> None:
        """What else is to happen in the same transaction. Nothing, unless the owner says so."""

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponseBase:
        try:
            return super().dispatch(request, *args, **kwargs)
        except Http404:
            return refusal(404, f"{GONE} Your words are still in this browser.")
        except PermissionDenied as denied:
            why = str(denied) or "You may read this, but not write in it."
            return refusal(403, f"{why} Your words are still in this browser.")

    def post(self, request: SignedIn, *args, **kwargs) -> JsonResponse:
        try:
            with transaction.atomic() if self.holds_draft else nullcontext():
                return self._save(request)
        except drafts.OtherPerson as error:
            return refusal(409, str(error.message), reason="other_person")
        except drafts.DraftClosed as error:
            return refusal(409, str(error.message), reason="closed")
        except ValidationError as error:
            return refusal(400, " ".join(error.messages))

    def _save(self, request: SignedIn) -> JsonResponse:
        draft = self.get_draft()
        if not self.may_edit(draft):
            raise PermissionDenied
        shape, writer = self.get_shape(draft), self.writer(draft)
        with transaction.atomic():
            result = drafts.take_post(
                draft=draft,
                post=request.POST,
                by=writer.by,
                words_of=writer.words_of,
                shape=shape,
                held=self.holds_draft,
            )
            self.saved(draft, result)
        panels = drafts.conflict_panels(draft, writer.by, shape, request.POST.get("draft_writer", ""))
        return answer(result, panels, drafts.others_now(draft, writer.by))


def answer(result: drafts.SaveResult, panels: list[drafts.ConflictPanel], others: list[str]) -> JsonResponse:
    """What drafts.js is told after a save."""
    return JsonResponse(
        {
            "revision": result.revision,
            "saved_at": clock(result.saved_at),
            "others": others,
            "changed": {name: asdict(change) for name, change in result.changed_by_others.items()},
            "settled": result.settled,
            "conflicts": [asdict(panel) for panel in panels],
            "refused": result.refused,
            "notes": result.notes,
        }
    )


def refusal(status: int, sentence: str, **more: str) -> JsonResponse:
    """Why nothing was saved, in words for the person."""
    return JsonResponse({"error": sentence, **more}, status=status)

"""How engagement risks go over to the hub that takes a school over: see `schools.handing`."""

from django.db.models import QuerySet

from engagement.actions import risks as actions
from engagement.models import Risk, RiskStep
from schools.handing import Copied, Handing, Kind, Passing, mark_of
from schools.standing import owner_of


class Risks(Kind):
    """Those that stand, and only where the giving hub gives its private notes too: they are its own candour. The other
    hub has them from then on; the giver keeps its own as they are. Watchlists are a person's own, and stay."""

    noun = "engagement risk"
    sources = ("risk-step",)

    def held(self, passing: Passing) -> QuerySet[Risk]:
        if not passing.with_private_notes:
            return Risk.objects.none()
        rows = Risk.objects.standing().filter(hub=passing.giver, school=passing.school)
        return rows.exclude(received_from=passing.receiver)

    def copy(self, handing: Handing) -> Copied:
        """Four statements for each, and one for each step."""
        found = Copied()
        theirs = Risk.objects.standing().filter(hub=handing.receiver, school=handing.school)
        known = set(theirs.values_list("kind_id", "what"))
        for row in self.held(handing).select_related("kind").order_by("raised_at", "pk"):
            if (row.kind_id, row.what) in known:
                continue
            mark = mark_of(row, handing)
            like, is_new = Risk.objects.get_or_create(
                hub=handing.receiver,
                received_origin=mark["received_origin"],
                defaults={
                    **mark,
                    "school": handing.school,
                    "kind": row.kind,
                    "what": row.what,
                    "evidence": row.evidence,
                    "record_words": row.record_words,
                    "with_whom": owner_of(handing.receiver, handing.school) or handing.by,
                    "raised_by": row.raised_by,
                    "raised_at": row.raised_at,
                },
            )
            if is_new:
                self._steps(row, like, found)
                found.number += 1
        return found

    @staticmethod
    def _steps(row: Risk, like: Risk, found: Copied) -> None:
        """What the giver did about it; for the receiver it is open, and nobody's to whom it was taken there."""
        for step in row.steps.all():
            copy = RiskStep.objects.create(
                risk=like,
                **{name: getattr(step, name) for name in ("what", "at", "by", "why", "outcome", "told")},
                to=step.to,
                to_trust=step.to_trust,
            )
            actions.write_timeline(copy)
            found.written.add(copy.timeline_source)

"""How deliveries go over to the hub that takes a school over: see `schools.handing`."""

from django.db.models import QuerySet

from engagement.actions import deliveries as actions
from engagement.deliveries import kinds
from engagement.models import CodeEntry, Delivery
from schools import timeline
from schools.handing import Copied, Handing, Kind, Passing, mark_of

ENTRIES = ("instrument", "ensemble", "training", "event")
SAME = ("year", "kind", "class_name", "year_groups", "turn", "group_size", "key_stage", "organiser", "on", "starts_on")
ALSO = ("thing", "ethnicity", "is_estimate", "confirmed_at", "confirmed_by", "by")


class Deliveries(Kind):
    """What stands: the receiving hub reads it, and counts none of it as its own. The giver's partners and offers are
    its own: of them the name goes over, or nothing."""

    noun = "delivery,deliveries"
    sources = ("delivery",)

    def held(self, passing: Passing) -> QuerySet[Delivery]:
        rows = Delivery.objects.standing().filter(hub=passing.giver, school=passing.school)
        return rows.exclude(received_from=passing.receiver)

    def copy(self, handing: Handing) -> Copied:
        """Some six statements for each."""
        found = Copied()
        rows = self.held(handing).select_related(*ENTRIES, "deliverer", "supporter", "by", "confirmed_by")
        for row in rows.order_by("starts_on", "pk"):
            mark = mark_of(row, handing)
            like, is_new = Delivery.objects.get_or_create(
                hub=handing.receiver,
                received_origin=mark["received_origin"],
                defaults={**mark, "school": handing.school, **_values(row, handing)},
            )
            found.number += is_new
            timeline.write(**actions.timeline_fields(like))
            found.written.add(like.timeline_source)
        return found


def _values(row: Delivery, handing: Handing) -> dict:
    values = {name: getattr(row, name) for name in (*SAME, *ALSO, *kinds.TERMS, *kinds.NUMBERS)}
    values |= {name: _entry(getattr(row, name), handing) for name in ENTRIES}
    for word, prefix in (("delivered", "deliver"), ("supported", "support")):
        by = getattr(row, f"{word}_by")
        named = by in ("hub", "partner", "other")
        name = str(handing.giver) if by == "hub" else getattr(row, f"{prefix}er_words")
        values[f"{word}_by"] = "other" if named else by
        values[f"{prefix}er_name"] = name[:120] if named else ""
    return values


def _entry(row: CodeEntry | None, handing: Handing) -> CodeEntry | None:
    """A national entry as it is; for one of the giver's own, the receiver's of that name, which is retired where it has
    to be made: nobody chose to offer it."""
    if row is None or row.hub_id is None:
        return row
    own = CodeEntry.objects.filter(hub=handing.receiver, code_list=row.code_list, national=None)
    if like := own.filter(name__iexact=row.name).first():
        return like
    code = f"from-{handing.giver.pk}-{row.code}"[:40]
    return CodeEntry.objects.create(
        hub=handing.receiver, code_list=row.code_list, code=code, name=row.name, is_offered=False
    )

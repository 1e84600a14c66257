"""What pages say of deliveries: the choices of the form, the facts of a record, what may go on from last year, what may
be the same thing twice."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from itertools import combinations

from django.db.models import Exists, OuterRef, Q, QuerySet

from engagement.actions.deliveries import years_of
from engagement.code_lists.reading import lists_of, names_of
from engagement.deliveries import checks, kinds
from engagement.forms.deliveries import Choices
from engagement.models import ContactRules, DeliveriesApart, Delivery, Offer
from hubportal.accounts.models import User
from hubportal.kit.wording import academic_year, count, long_date
from schools.access import today
from schools.models import Hub, Partner, School

NOT_KNOWN = "Not known"
ENTRIES = ("instrument", "ensemble", "training", "event")


def choices_for(user: User, hub: Hub, school: School) -> Choices:
    """What the form of a delivery at this school lets the person choose. Four queries."""
    return Choices(
        partners=Partner.objects.visible_to(user).filter(hub=hub).order_by("name"),
        offers=Offer.objects.visible_to(user).filter(hub=hub).order_by("title"),
        lists=lists_of(hub),
        years=years_of(hub),
        census=checks.Census.of(school),
    )


def entry_name(row: Delivery, names: dict[int, str]) -> str:
    """The instrument, ensemble, training or event that it names, as the hub calls it; "" for none."""
    pk = next((pk for name in ENTRIES if (pk := getattr(row, f"{name}_id"))), None)
    return names.get(pk, "") if pk else ""


def about(row: Delivery, names: dict[int, str]) -> str:
    """What a line says of it beside its kind: "4B, Years 3 and 4, Brass, Autumn"."""
    said = (
        row.class_name,
        kinds.year_group_words(row.year_groups),
        entry_name(row, names),
        row.get_group_size_display() if row.group_size else "",
        row.get_key_stage_display() if row.key_stage else "",
        long_date(row.on) if row.on else row.term_words,
    )
    return ", ".join(filter(None, said))


def number_words(number: int | None) -> str:
    return NOT_KNOWN if number is None else f"{number:,}"


def facts_of(row: Delivery) -> list[tuple[str, str]]:
    """What it was and who did it, in the order of its kind; what is not known says so. One query."""
    names = names_of(lists_of(row.hub))
    shown = {
        "class_name": row.class_name,
        "year_groups": kinds.year_group_words(row.year_groups),
        "terms": row.term_words,
        "turn": row.get_turn_display() if row.turn else "",
        "group_size": row.get_group_size_display() if row.group_size else "",
        "key_stage": row.get_key_stage_display() if row.key_stage else "",
        "organiser": row.get_organiser_display() if row.organiser else "",
        "on": long_date(row.on) if row.on else "",
    } | dict.fromkeys(ENTRIES, entry_name(row, names))
    labels = {
        "class_name": kinds.KINDS[row.kind].name_label,
        "year_groups": "Year groups",
        "terms": "Terms",
        "turn": "First time or continuing",
        "group_size": "Size of group",
        "key_stage": "Key stage",
        "organiser": "Organised by",
        "on": "Day",
        "instrument": "Instrument",
        "ensemble": "Type of ensemble",
        "training": "About",
        "event": "Kind of event",
    }
    asked = [(labels[ask], shown[ask] or NOT_KNOWN) for ask in kinds.KINDS[row.kind].asks]
    return [
        ("Academic year", row.year_words),
        *asked,
        ("Delivered by", row.deliverer_words),
        ("Supported by", row.supporter_words),
        *([("Offer", str(row.offer))] if row.offer else []),
        *([("Note", row.note)] if row.note else []),
    ]


def numbers_of(row: Delivery) -> list[tuple[str, str]]:
    """Its counts in the order of its kind, "Not known" apart from 0; ethnic groups only where known. One query."""
    found = [(kinds.MEASURES[name], number_words(getattr(row, name))) for name in kinds.KINDS[row.kind].numbers]
    if row.ethnicity:
        entries = lists_of(row.hub)["ethnicity"]
        found += [(each.name, number_words(row.ethnicity.get(each.row.code))) for each in entries]
    return found


def last_years(user: User, hub: Hub, school: School) -> QuerySet[Delivery]:
    """Last year's at a school that count, and have not been carried into this year yet."""
    this = academic_year(today())
    carried = Delivery.objects.standing().filter(carried_from=OuterRef("pk"), year=this)
    rows = Delivery.objects.visible_to(user).counted().filter(hub=hub, school=school, year=this - 1)
    return rows.filter(~Exists(carried)).for_list(user).order_by("kind", "class_name", "pk")


def duplicates(user: User) -> list[tuple[Delivery, Delivery]]:
    """Pairs that may be the two halves of a joint project: one school, year, kind and thing, two deliverers, both
    counted, and nobody has said that they are two things. Two queries."""
    twins = Delivery.objects.counted().filter(
        ~Q(pk=OuterRef("pk")),
        **{name: OuterRef(name) for name in ("hub", "school", "year", "kind", "thing")},
    )
    rows = Delivery.objects.visible_to(user).counted().exclude(thing="").filter(Exists(twins))
    alike: dict[tuple, list[Delivery]] = defaultdict(list)
    for row in rows.for_list(user).order_by("-year", "school__name_key", "kind", "pk"):
        alike[row.hub_id, row.school_id, row.year, row.kind, row.thing].append(row)
    pairs = [pair for group in alike.values() for pair in combinations(group, 2) if _differ(*pair)]
    pks = {row.pk for pair in pairs for row in pair}
    apart = set(DeliveriesApart.objects.filter(one__in=pks, other__in=pks).values_list("one_id", "other_id"))
    return [(one, other) for one, other in pairs if (min(one.pk, other.pk), max(one.pk, other.pk)) not in apart]


def _differ(one: Delivery, other: Delivery) -> bool:
    return _deliverer(one) != _deliverer(other)


def _deliverer(row: Delivery) -> tuple:
    return row.delivered_by, row.deliverer_id, row.deliverer_name.casefold()


def reasons(user: User, hub: Hub, school: School, on: date, rules: ContactRules) -> Iterable[tuple[str, str]]:
    """What was delivered this year that counts as a way by these rules, in words and with its address. One query."""
    counting = [each.code for each in kinds.KINDS.values() if each.strand in rules.support]
    rows = Delivery.objects.visible_to(user).engaging().filter(hub=hub, school=school, year=academic_year(on))
    for row in rows.filter(kind__in=counting, starts_on__lte=on, counted_with=None).order_by("starts_on", "pk"):
        when = long_date(row.on) if row.on else row.year_words
        yield f"{row}, {when}", row.get_absolute_url()


def line(row: Delivery, names: dict[int, str]) -> str:
    """One record in a line, for choosing it: "Tuition: Violin, small group. By Exampleshire Brass. 12 pupils"."""
    pupils = count(row.pupils, "pupil") if row.pupils is not None else "pupils not known"
    said = about(row, names)
    return f"{row.get_kind_display()}{f': {said}' if said else ''}. By {row.by_words}. {pupils}"


def pupils_words(pupils: int | None, unknown: int, records: int) -> str:
    """ "412 pupils; not known for 3 of 17 records"; "" where there are none to count."""
    if not records:
        return ""
    if pupils is None:
        return "How many pupils is not known"
    return count(pupils, "pupil") + (f"; not known for {unknown} of {count(records, 'record')}" if unknown else "")


def writable_schools(user: User, school_ids: Iterable[int]) -> set[int]:
    """Those of the schools at which the person may record. One query."""
    return set(School.objects.writable_by(user, today()).filter(pk__in=school_ids).values_list("pk", flat=True))

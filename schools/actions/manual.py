"""Schools that the register lacks, and organisations that are no schools: added, changed and closed by a person."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import Max
from django.utils import timezone

from hubportal.accounts.models import User
from hubportal.kit.wording import long_date
from schools import timeline
from schools.access import access_of, today
from schools.models import Hub, LocalAuthority, School, SchoolIdentifier, TimelineEntry
from schools.permissions import can_edit_school
from schools.register import keys

FIELDS = (
    *("name", "type", "phase", "authority", "street", "town", "postcode", "telephone", "website", "head_name"),
    "pupils",
)
LABELS = {"head_name": "Head"}
_ONE_NUMBER_AT_A_TIME = 0x4F_77_6E_4E  # the key of the lock under which a number is given


@transaction.atomic
def create(*, by: User, **values: Any) -> School:
    """Add it, open, under a number of the portal's own. `values` are those of FIELDS. About seven statements.

    Raises ValidationError when the person is no manager or officer of the hub that covers the authority today."""
    hub = _hub_of(values["authority"], by)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_ONE_NUMBER_AT_A_TIME])
    own = School.objects.filter(urn__gte=School.FIRST_OWN_NUMBER).aggregate(last=Max("urn"))
    school = School(
        urn=(own["last"] or School.FIRST_OWN_NUMBER - 1) + 1,
        source=School.Source.MANUAL,
        status=School.Status.OPEN,
        as_at=today(),
        **_only(values),
    )
    _fold(school)
    school.save()
    SchoolIdentifier.objects.create(school=school, urn=school.urn, valid_from=today())
    _note(hub, school, by, "Added by hand")
    return school


@transaction.atomic
def edit(*, school: School, by: User, **values: Any) -> School:
    """Change its facts; the timeline keeps what each was before. About five statements, none where nothing changed.

    Raises ValidationError when the person may not, or moves it to an authority that their hub does not cover."""
    hub = _hub_of(values["authority"], by)
    row = _locked(school, by)
    changed = []
    for name, value in _only(values).items():
        before = getattr(row, name)
        if before != value:
            label = LABELS.get(name, name.capitalize())
            changed.append(f"{label}: {_shown(row, name)} → ")
            setattr(row, name, value)
            changed[-1] += _shown(row, name)
    if changed:
        _fold(row)
        row.as_at = today()
        row.save()
        _note(hub, row, by, "Facts changed by hand", text="\n".join(changed))
    return row


@transaction.atomic
def close(*, school: School, on: date, by: User) -> School:
    """Note the day on which it closed. Four statements. Raises ValidationError for a day that lies ahead, when it is
    closed already, and when the person may not."""
    row = _locked(school, by)
    if on > today():
        raise ValidationError("It has not closed yet: the day lies ahead.")
    if not row.is_open:
        raise ValidationError(f"{row} is closed already.")
    row.status, row.close_date, row.as_at = School.Status.CLOSED, on, today()
    row.save(update_fields=["status", "close_date", "as_at"])
    _note(_hub_of(row.authority, by), row, by, f"Closed on {long_date(on)}")
    return row


@transaction.atomic
def reopen(*, school: School, by: User) -> School:
    """It is open again, or was closed by mistake. Four statements. Raises ValidationError when it is open, and when the
    person may not."""
    row = _locked(school, by)
    if row.is_open:
        raise ValidationError(f"{row} is open.")
    row.status, row.close_date, row.as_at = School.Status.OPEN, None, today()
    row.save(update_fields=["status", "close_date", "as_at"])
    _note(_hub_of(row.authority, by), row, by, "Open again")
    return row


def _hub_of(authority: LocalAuthority, by: User) -> Hub:
    hub = Hub.objects.covering(authority.pk, today()).first()
    if hub is None or hub.pk not in access_of(by).writing_hub_ids:
        raise ValidationError(f"{authority} is not in the area of your hub.")
    return hub


def _locked(school: School, by: User) -> School:
    row = School.objects.select_related("authority", "type").select_for_update(of=("self",)).get(pk=school.pk)
    if not can_edit_school(by, row):
        raise ValidationError("Only what was added by hand is changed by hand, by its hub’s managers and officers.")
    return row


def _only(values: dict[str, Any]) -> dict[str, Any]:
    return {name: values[name] for name in FIELDS if name in values}


def _fold(school: School) -> None:
    """The keys that it is sorted and found by. Its own number is nothing that anybody looks for."""
    school.name_key = keys.name_key(school.name)
    school.search_text = keys.search_text(name=school.name, urn="", postcode=school.postcode, town=school.town)


def _shown(school: School, name: str) -> str:
    words = school.get_phase_display() if name == "phase" else getattr(school, name)
    return "nothing" if words in ("", None) else f"“{words}”"


def _note(hub: Hub, school: School, by: User, heading: str, text: str = "") -> None:
    now = timezone.now()
    timeline.write(
        hub=hub,
        school=school,
        source=f"manual:{now:%Y%m%dT%H%M%S.%f}",
        kind=TimelineEntry.Kind.REGISTER,
        audience=TimelineEntry.Audience.HUB,
        at=now,
        heading=heading,
        detail=str(by),
        text=text,
    )

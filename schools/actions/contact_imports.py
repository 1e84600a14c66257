"""A staff list brought, confirmed, or thrown away. Nothing becomes a contact before somebody has confirmed it."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from hubportal.accounts.models import User
from schools.models import Contact, ContactImport, Hub
from schools.staff_list import reading
from schools.staff_list.planning import CHANGES, FAILED, NEW, Plan

KEPT_UNCONFIRMED = timedelta(days=7)


@transaction.atomic
def bring(*, hub: Hub, name: str, data: bytes, by: User) -> ContactImport:
    """Keep a file to look at. The person's own lists that were left unconfirmed for a week go. Raises ValidationError
    where it is no list that we can read."""
    sheet = reading.read(data)
    old = ContactImport.objects.filter(by=by, applied_at=None, at__lt=timezone.now() - KEPT_UNCONFIRMED)
    old.delete()
    return ContactImport.objects.create(
        hub=hub, by=by, name=name[-120:], kind=sheet.kind, header=sheet.header, rows=[list(row) for row in sheet.rows]
    )


@transaction.atomic
def apply(*, imported: ContactImport, digest: str, by: User) -> ContactImport:
    """Take over what the plan shows: new contacts and changes in two statements; of the list only the rows that failed
    are kept. `digest` is that of the plan that was shown. Applying it again changes nothing.

    Raises ValidationError when the contacts have changed since the plan was shown."""
    imported = ContactImport.objects.select_for_update(of=("self",)).select_related("hub").get(pk=imported.pk)
    if imported.applied_at:
        return imported
    list(Contact.objects.select_for_update().filter(hub=imported.hub).order_by("pk").values_list("pk"))  # stay put
    plan = Plan(imported, by)
    if plan.digest != digest:
        raise ValidationError("The contacts have changed since you looked. This is what the list would do now.")
    changed = [row for row in plan.rows if row.outcome == CHANGES]
    try:
        with transaction.atomic():
            Contact.objects.bulk_create([row.contact for row in plan.rows if row.outcome == NEW and row.contact])
            if names := sorted({name for row in changed for name in row.fields}):
                Contact.objects.bulk_update([row.contact for row in changed if row.contact], names, batch_size=500)
    except IntegrityError as error:
        raise ValidationError("The contacts have changed since you looked. Look again.") from error
    imported.counts, imported.applied_at = plan.counts, timezone.now()
    imported.rows = [
        [row.line, row.cells, row.reason, row.who, row.place] for row in plan.rows if row.outcome == FAILED
    ]
    imported.save(update_fields=["counts", "applied_at", "rows"])
    return imported


def discard(*, imported: ContactImport, by: User) -> None:
    """Throw a list away that was not confirmed. One that was stays: it says who brought whom."""
    ContactImport.objects.filter(pk=imported.pk, applied_at=None).delete()

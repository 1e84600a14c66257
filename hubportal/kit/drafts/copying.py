"""A draft that goes on twice: whoever wrote one together writes two from now on."""

from uuid import UUID

from django.db import transaction

from hubportal.kit.models import Draft, DraftConflict, DraftRevision

ROWS_AT_ONCE = 500


@transaction.atomic
def copy(*, draft: Draft, target: UUID) -> Draft:
    """Another open draft, for `target`, that says the same, with the same saved states under the same numbers and the
    same choices still to make: a page that was made from the one can be saved into the other. The first is held until
    the transaction ends, so that no word is saved between the two. Five statements, and one for every `ROWS_AT_ONCE`
    saved states."""
    Draft.objects.select_for_update(of=("self",)).get(pk=draft.pk)
    made = Draft.objects.get(pk=draft.pk)
    made.pk, made._state.adding = Draft._meta.pk.get_default(), True
    made.target, made.present, made.closed_by, made.closed_at = target, {}, None, None
    made.save(force_insert=True)
    for model, rows in ((DraftRevision, draft.revisions), (DraftConflict, draft.conflicts)):
        kept = list(rows.all())
        for each in kept:
            each.pk, each._state.adding = model._meta.pk.get_default(), True
            each.draft = made
        model._base_manager.bulk_create(kept, batch_size=ROWS_AT_ONCE)
    return made

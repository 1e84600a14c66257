"""What schools were given to read: versions, recipients, readings, answers, releases and one withdrawal."""

import hashlib
from datetime import date, datetime, timedelta

from engagement import content
from engagement.actions import contact_dates, responses, sharing
from engagement.models import AgreedAction, ConversationPart, PartVersion, Reading, Recipient, Response
from hubportal.accounts.models import User
from hubportal.demo import schooldays
from hubportal.demo.county import LARKRISE
from hubportal.demo.voice import Voice
from hubportal.demo.words.calls import RESPONSES
from hubportal.demo.world import Place, World
from hubportal.kit.models import SignedLink
from schools.models import Contact


class Sharing:
    """Shares parts of one hub on given days. Nobody is emailed: links are made whose tokens nobody knows."""

    def __init__(self, place: Place, world: World):
        self.place, self.world, self.rng = place, world, world.rng
        # The trust that a demo account leads has something to read.
        self.in_the_trust = {place.schools[each.urn].pk for each in place.sketches if each.trust == LARKRISE}

    def share(self, part: ConversationPart, on: date, *, to: list[Contact] | None = None) -> PartVersion:
        """Freeze a part as the next version and send it to the school's leaders and music lead. Some 20 queries."""
        by = part.conversation.author
        at = self.world.at(on, self.rng.randint(9, 16), self.rng.randint(0, 59))
        number = PartVersion.objects.filter(part=part).count() + 1
        version = PartVersion.objects.create(
            uuid=self.world.uuid(), part=part, number=number, content=content.freeze(part), shared_at=at, shared_by=by
        )
        for contact in to or self.readers(part):
            self._receive(version, contact, at, by)
        AgreedAction.objects.filter(part=part, shared_at=None).update(shared_at=at)
        sharing.write_timeline(part)
        return version

    def readers(self, part: ConversationPart) -> list[Contact]:
        current = self.place.current_contacts(part.school)
        return [each for each in current if each.is_leader or each.is_music_lead][:3]

    def _receive(self, version: PartVersion, contact: Contact, at: datetime, by: User) -> Recipient:
        link_id = self.world.uuid()
        link = SignedLink.objects.create(
            id=link_id, token_hash=hashlib.sha256(f"demo {link_id}".encode()).hexdigest(), purpose=sharing.PURPOSE,
            target=version.part.uuid, email=contact.email, name=contact.name, created_by=by, created_at=at,
            expires_at=at + sharing.LINK_LASTS,
        )  # fmt: skip
        return Recipient.objects.create(
            version=version, contact=contact, user=contact.user, name=contact.name, email=contact.email,
            is_leader=contact.is_leader, link=link, emailed_at=at + timedelta(minutes=1),
        )  # fmt: skip

    def read(self, version: PartVersion, at: datetime, who: Contact | User) -> Reading:
        """A receipt: signed in where the person has an account, else by the link sent to them."""
        user = who if isinstance(who, User) else who.user
        sent = None if user else version.recipients.filter(contact=who).first()
        reading = Reading.objects.create(version=version, user=user, link=sent.link if sent else None, name=who.name)
        Reading.objects.filter(pk=reading.pk).update(at=at)
        return reading

    def answer(
        self, version: PartVersion, at: datetime, who: Contact, kind: str, text: str, *, noted_on: date | None = None
    ) -> Response:
        """The school's answer, with its entry in the timeline; `noted_on`: when the hub read it."""
        sent = None if who.user else version.recipients.filter(contact=who).first()
        response = Response.objects.create(
            uuid=self.world.uuid(), version=version, kind=kind, text=text, user=who.user,
            link=sent.link if sent else None, name=who.name, job_title=who.job_title,
            noted_at=self.world.office_hour(noted_on) if noted_on else None,
            noted_by=version.shared_by if noted_on else None,
        )  # fmt: skip
        Response.objects.filter(pk=response.pk).update(at=at)
        response.at = at
        responses.write_timeline(version.part, response)
        return response

    def release(self, part: ConversationPart, at: datetime, by: User) -> None:
        sharing.release(part=part, by=by, at=at)

    def most_of(self, parts: list[tuple[ConversationPart, Voice]]) -> None:
        """Share most of these, oldest first; some are answered, in every way there is; some released."""
        on = self.world.on
        for number, (part, voice) in enumerate(parts):
            held = part.conversation.date
            assert held, "only a draft may lack its date"
            day = schooldays.on_or_after(held + timedelta(days=self.rng.randint(1, 6)))
            if day >= on or number % 11 == 7:
                continue
            version = self.share(part, day)
            after = schooldays.on_or_after(day + timedelta(days=self.rng.randint(1, 14)))
            if after < on and self.rng.random() < 0.85:
                self._hear_back(version, after, voice)
        for part, _ in parts:
            if self.rng.random() < 0.03 and part.versions.exists() and not part.released_at:
                self._second_version(part)

    def _hear_back(self, version: PartVersion, day: date, voice: Voice) -> None:
        rng, part = self.rng, version.part
        readers = self.readers(part)
        if not readers:
            return
        head = readers[0]
        moment = self.world.office_hour(day)
        for reader in readers[: rng.randint(1, len(readers))]:
            self.read(version, moment, reader)
        kinds = ("accurate", "add", "acknowledged", "not_accurate", "")
        kind = rng.choices(kinds, (50, 22, 10, 7, 11))[0]
        if kind:
            text = voice.one(RESPONSES[kind]) if kind in ("add", "not_accurate") else ""
            noted = schooldays.on_or_after(day + timedelta(days=rng.randint(1, 5)))
            needs_nothing = kind in ("accurate", "acknowledged")
            noted_on = noted if noted < self.world.on and (needs_nothing or rng.random() < 0.9) else None
            self.answer(version, moment + timedelta(minutes=rng.randint(4, 50)), head, kind, text, noted_on=noted_on)
        if head.user and rng.random() < (0.95 if part.school_id in self.in_the_trust else 0.55):
            later = self.world.office_hour(schooldays.on_or_after(day + timedelta(days=rng.randint(1, 20))))
            if later < self.world.at(self.world.on):
                self.release(part, later, head.user)

    def _second_version(self, part: ConversationPart) -> None:
        """The hub mended a sentence after the school wrote; both versions stand."""
        first = part.versions.last()
        day = schooldays.on_or_after(first.shared_at.date() + timedelta(days=16))
        if day >= self.world.on:
            return
        part.summary += " After the school’s answer we added what has changed since."
        part.save(update_fields=["summary"])
        self.share(part, day)

    def unshare(self, part: ConversationPart, on: date, reason: str, by: User) -> None:
        """Withdrawn: sent to the wrong school. No email goes out."""
        at = self.world.at(on, 15, 10)
        part.withdrawn_at, part.withdrawn_by, part.withdrawn_reason = at, by, reason
        part.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_reason"])
        SignedLink.objects.filter(purpose=sharing.PURPOSE, target=part.uuid).update(
            revoked_at=at, revoked_by=by, revoked_reason="Withdrawn from the school."
        )
        sharing.write_timeline(part)
        contact_dates.refresh(hub=self.place.hub, school=part.school)

"""What a trust shared, as it stands above a school's own words: read-only, with who confirmed it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from hubportal.kit.drafts.merge import Values
from schools.access import today
from smdp.answers import Chapter, chapters, lines
from smdp.asking import settings_of
from smdp.models import Plan, PlanVersion, TrustConfirmation, TrustPlanVersion
from smdp.sections import Setting
from smdp.trusts.asking import trust_sections


@dataclass(frozen=True)
class Mirror:
    """One version of a trust's plan in one school's plan: the sections in which the trust says something to this
    school, and of each, whether the school's people confirmed what stands there."""

    version: TrustPlanVersion
    chapters: dict[str, Chapter]
    confirmed: dict[str, TrustConfirmation]

    @property
    def to_confirm(self) -> list[Chapter]:
        """Sections that the trust asks to confirm and that nobody has."""
        if not self.version.asks:
            return []
        return [each for key, each in self.chapters.items() if key not in self.confirmed]

    @property
    def counted(self) -> dict[str, Values]:
        """The answers that count as the school's own: those of confirmed sections."""
        return {key: self.version.answers[key] for key in self.chapters if key in self.confirmed}


def mirror_of(plan: Plan, on: date | None = None) -> Mirror | None:
    """What stands above the words of a plan that is being written: the newest that the trust, in which the school is
    on a date, has shared for its years. None where there is none. Two queries at the most."""
    if not (plan.is_standing and plan.school.is_open):
        return None
    found = TrustPlanVersion.objects.for_school(plan.school, plan.year, plan.years, on or today())
    version = found.first()
    if version is None:
        return None
    return _mirror(plan, version, settings_of(plan.school), _confirmations(plan))


def mirror_in(version: PlanVersion) -> Mirror | None:
    """What a frozen version carries of the trust's plan, with what was confirmed until then. Two queries at the
    most."""
    if version.trust_version_id is None or version.trust_version is None:
        return None
    before = _confirmations(version.plan).filter(at__lte=version.made_at)
    return _mirror(version.plan, version.trust_version, version.settings, before)


def is_news(mirror: Mirror | None, last: PlanVersion) -> bool:
    """Whether the trust says something else now than the school's last version carries."""
    return last.trust_version_id != (mirror.version.pk if mirror else None)


def confirms(confirmation: TrustConfirmation, version: TrustPlanVersion) -> bool:
    """Whether what was confirmed is what this version says there: a section that a newer version left as it was is not
    asked again."""
    key = confirmation.key
    return confirmation.version_id == version.pk or (
        confirmation.version.plan_id == version.plan_id
        and confirmation.version.answers.get(key) == version.answers.get(key)
    )


def mirrored_lines(version: PlanVersion) -> dict[str, str]:
    """What a frozen version carries of the trust's plan as labelled texts, for comparing two. No query but for the
    trust's version."""
    theirs = version.trust_version
    if theirs is None:
        return {}
    sections = trust_sections(theirs.specification, version.settings)
    return {f"From {theirs.trust_name}: {label}": words for label, words in lines(sections, theirs.answers).items()}


def _confirmations(plan: Plan) -> QuerySet[TrustConfirmation]:
    return TrustConfirmation._base_manager.filter(plan=plan).select_related("by", "version")


def _mirror(
    plan: Plan, version: TrustPlanVersion, settings: Iterable[Setting | str], confirmations: Iterable[TrustConfirmation]
) -> Mirror | None:
    found = chapters_of(version, settings)
    confirmed = {each.key: each for each in confirmations if each.key in found and confirms(each, version)}
    return Mirror(version, found, confirmed) if found else None


def chapters_of(version: TrustPlanVersion, settings: Iterable[Setting | str]) -> dict[str, Chapter]:
    """What a version says to schools of these settings, by section; without those that say nothing. No queries."""
    sections = trust_sections(version.specification, settings)
    answers: Mapping[str, Values] = version.answers
    return {each.section.key: each for each in chapters(sections, answers) if each.has_words}

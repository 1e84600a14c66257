"""Columns of the lists of schools and of people. One table for each way of seeing schools."""

from datetime import date, timedelta
from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from hubportal.kit.charts import STATUSES
from hubportal.kit.tables import Column, ListTable
from hubportal.kit.wording import short_date, telephone
from schools import changes
from schools.access import today
from schools.facts import phase_words
from schools.models import ChangeNotice, School, Trust


class UrnColumn(Column):
    """A URN. What was added by hand has a number of the portal's own, which is none."""

    def render(self, value: int) -> str:
        return str(value) if value < School.FIRST_OWN_NUMBER else "No URN yet"

    def value(self, value: int) -> int | str:
        return value if value < School.FIRST_OWN_NUMBER else "No URN yet"


class DateColumn(Column):
    """A date: in words on the page, a real date in a file."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, one_line=True, **kwargs)

    def render(self, value: Any) -> str:
        return short_date(value, today())

    def value(self, value: Any) -> Any:
        return value


class SchoolTable(ListTable):
    """What partner staff see: name, address, and what their partner is there for."""

    caption = "Schools"
    export_only: tuple[str, ...] = ("urn",)

    urn = UrnColumn(verbose_name="URN")
    name = Column(verbose_name="School", order_by=("name_key",))
    street = Column(verbose_name="Street")
    town = Column(verbose_name="Town")
    postcode = Column(verbose_name="Postcode")
    telephone = Column(verbose_name="Telephone")
    commission = Column(verbose_name="What we do there", accessor="commission")

    class Meta:
        sequence = ("urn", "name", "street", "town", "postcode", "telephone", "commission")

    def render_telephone(self, value: str) -> str:
        return telephone(value)

    def value_telephone(self, value: str) -> str:
        return value

    def render_name(self, value: str, record: School) -> SafeString:
        return render_to_string("schools/_school_name.html", {"school": record})

    def value_name(self, value: str) -> str:
        return value


class SchoolFactTable(ListTable):
    """What trust leaders and school people see: the register's facts."""

    caption = "Schools"
    export_only: tuple[str, ...] = (
        *("urn", "status", "type", "state_funded", "trust_name", "street", "postcode"),
        *("telephone", "website", "head_name", "ages", "fsm_percentage", "facts_as_at"),
    )

    urn = UrnColumn(verbose_name="URN")
    name = Column(verbose_name="School", order_by=("name_key",))
    status = Column(verbose_name="Status")
    authority = Column(verbose_name="Authority", accessor="authority__name")
    town = Column(verbose_name="Town")
    phase = Column(verbose_name="Phase")
    type = Column(verbose_name="Type", accessor="type__name")
    state_funded = Column(verbose_name="State-funded", accessor="type__is_state_funded")
    trust_name = Column(verbose_name="Trust")
    street = Column(verbose_name="Street")
    postcode = Column(verbose_name="Postcode")
    telephone = Column(verbose_name="Telephone")
    website = Column(verbose_name="Website")
    head_name = Column(verbose_name="Head")
    ages = Column(verbose_name="Ages", order_by=("low_age", "high_age"))
    pupils = Column(verbose_name="Pupils", numeric=True)
    fsm_percentage = Column(verbose_name="Free school meals, %", numeric=True)
    facts_as_at = DateColumn(verbose_name="Register's date")

    class Meta:
        sequence = (
            *("urn", "name", "status", "authority", "town", "phase", "type", "state_funded", "trust_name", "street"),
            *("postcode", "telephone", "website", "head_name", "ages", "pupils", "fsm_percentage", "..."),
            "facts_as_at",
        )

    def render_name(self, value: str, record: School) -> SafeString:
        return render_to_string("schools/_school_name.html", {"school": record})

    def value_name(self, value: str) -> str:
        return value

    def render_state_funded(self, value: bool) -> str:
        return "Yes" if value else "No"

    def value_state_funded(self, value: bool) -> bool:
        return value

    def render_phase(self, record: School) -> str:
        return phase_words(record)

    def value_phase(self, record: School) -> str:
        return record.get_phase_display()

    def render_pupils(self, value: int) -> str:
        return f"{value:,}"

    def value_pupils(self, value: int) -> int:
        return value


class SchoolEngagementTable(SchoolFactTable):
    """What hub staff and partner officers see: the facts, and how the hub and the school stand."""

    export_only = (
        *SchoolFactTable.export_only,
        "authority",
        "last_attempt_on",
        "attempts_since",
        "next_conversation_on",
        *("artsmark", "artsmark_until", "music_mark", "teaching", "tags"),
    )

    engagement = Column(verbose_name="Engagement", one_line=True)
    last_conversation_on = DateColumn(verbose_name="Last spoke")
    last_attempt_on = DateColumn(verbose_name="Last tried")
    attempts_since = Column(verbose_name="Tries since", numeric=True)
    next_conversation_on = DateColumn(verbose_name="Next conversation")
    owner_name = Column(verbose_name="Our contact")
    lead_school = Column(verbose_name="Lead School")
    artsmark = Column(verbose_name="Artsmark")
    artsmark_until = DateColumn(verbose_name="Artsmark until")
    music_mark = Column(verbose_name="Music Mark")
    teaching = Column(verbose_name="Who teaches music")
    tags = Column(verbose_name="Tags", empty_values=(None,))

    def render_name(self, value: str, record: School) -> SafeString:
        """With a box to tick where several schools can be changed at once."""
        picks = getattr(self.request, "picks_schools", False)
        return render_to_string("schools/_school_name.html", {"school": record, "picks": picks})

    def value_artsmark_until(self, value: date) -> date:
        """The last day on which the award holds."""
        return value - timedelta(days=1)

    def render_engagement(self, value: str) -> SafeString:
        return render_to_string("schools/_engagement.html", {"status": value})

    def value_engagement(self, value: str) -> str:
        return STATUSES[value].words


class OrganisationTable(ListTable):
    """Organisations that are no schools."""

    caption = "Other organisations"
    export_only: tuple[str, ...] = ("status", "street", "postcode", "telephone", "website")

    name = Column(verbose_name="Organisation", order_by=("name_key",))
    type = Column(verbose_name="What it is", accessor="type__name")
    status = Column(verbose_name="Status")
    street = Column(verbose_name="Street")
    town = Column(verbose_name="Town")
    postcode = Column(verbose_name="Postcode")
    telephone = Column(verbose_name="Telephone")
    website = Column(verbose_name="Website")
    last_conversation_on = DateColumn(verbose_name="Last spoke")
    owner_name = Column(verbose_name="Our contact")

    def render_name(self, value: str, record: School) -> SafeString:
        return render_to_string("schools/_school_name.html", {"school": record})

    def value_name(self, value: str) -> str:
        return value


class TrustTable(ListTable):
    """Trusts, with how many of their schools are one's own and how many are not."""

    caption = "Trusts"
    name = Column(verbose_name="Trust", order_by=("name_key",))
    schools_seen = Column(verbose_name="Our schools", numeric=True)
    schools_elsewhere = Column(verbose_name="Schools elsewhere", numeric=True)

    def render_name(self, value: str, record: Trust) -> SafeString:
        return format_html('<a class="govuk-link" href="{}">{}</a>', record.get_absolute_url(), value)


class PersonTable(ListTable):
    """Who holds which role where."""

    caption = "People"
    name = Column(verbose_name="Name", accessor="user__name")
    email = Column(verbose_name="Email", accessor="user__email")
    role = Column(verbose_name="Role")
    organisation = Column(verbose_name="For", order_by=("hub__name", "partner__name", "school__name", "trust__name"))
    starts_on = DateColumn(verbose_name="Since")
    what_next = Column(verbose_name="Change", empty_values=(), orderable=False)

    def render_email(self, value: str) -> SafeString:
        return format_html('<a class="govuk-link" href="mailto:{0}">{0}</a>', value)

    def render_role(self, record: Any) -> SafeString:
        return render_to_string("schools/_membership_role.html", {"membership": record})

    def render_organisation(self, record: Any) -> SafeString | str:
        if record.school_id:
            address = reverse("schools:school-detail", args=[record.school.urn])
            return format_html('<a class="govuk-link" href="{}">{}</a>', address, record.school.name)
        return str(record.organisation)

    def render_what_next(self, record: Any) -> SafeString:
        return render_to_string("schools/_membership_actions.html", {"membership": record}, request=self.request)


class SuccessionTable(ListTable):
    """Schools that became others, and what has been decided of their records."""

    caption = "Schools that became others"
    predecessor = Column(verbose_name="School", order_by=("predecessor__name_key",))
    successor = Column(verbose_name="Became", order_by=("successor__name_key",))
    basis = Column(verbose_name="Why")
    state = Column(verbose_name="Decision")

    def render_predecessor(self, record: Any) -> SafeString:
        return render_to_string("schools/_succession_school.html", {"succession": record})

    def render_successor(self, record: Any) -> SafeString:
        return format_html('{}<br><span class="quiet">{}</span>', record.successor.name, record.successor.urn_words)

    def render_state(self, record: Any) -> SafeString:
        return render_to_string("schools/_succession_state.html", {"succession": record})


class ChangeTable(ListTable):
    """What the register changed: on the page a sentence and what it means, in a file a column for each fact."""

    caption = "What the register changed"
    export_only: tuple[str, ...] = ("urn", "school", "kind", "before", "after", "happens_on", "note")
    screen_only: tuple[str, ...] = ("what", "act")

    what = Column(verbose_name="What changed", accessor="change", order_by=("change__school__name_key",))
    urn = UrnColumn(verbose_name="URN", accessor="change__school__urn")
    school = Column(verbose_name="School", accessor="change__school__name")
    kind = Column(verbose_name="Kind", accessor="change__kind")
    before = Column(verbose_name="Before", accessor="change__before")
    after = Column(verbose_name="After", accessor="change__after")
    happens_on = DateColumn(verbose_name="Happens on", accessor="change__happens_on")
    noticed = DateColumn(verbose_name="Noticed", accessor="change__noticed_on")
    state = Column(verbose_name="State", accessor="state", order_by=("state",))
    note = Column(verbose_name="Note")
    act = Column(verbose_name="What to do", accessor="uuid", orderable=False)

    class Meta:
        empty_text = "Nothing matches. Try fewer filters."
        sequence = ("what", "urn", "school", "kind", "before", "after", "happens_on", "noticed", "state", "note", "act")

    def render_what(self, record: ChangeNotice) -> SafeString:
        return render_to_string(
            "schools/_change_said.html", {"notice": record, "said": changes.said(record.change, today())}
        )

    def value_kind(self, record: ChangeNotice) -> str:
        return record.change.get_kind_display()

    def render_state(self, record: ChangeNotice) -> str:
        return changes.standing(record)

    def value_state(self, record: ChangeNotice) -> str:
        return record.get_state_display()

    def render_act(self, record: ChangeNotice) -> SafeString:
        return render_to_string("schools/_change_act.html", {"notice": record}, request=self.request)

"""Who sees which rows. `visible_to(user)` is the only way in for pages; each rule is a single filter.

A row of another hub, school or trust does not exist for a person: the lookup that starts here ends in a 404.
"""

from schools.querysets.bulk import BulkChangeQuerySet, SchoolTagQuerySet, TagQuerySet
from schools.querysets.dated_facts import DatedFactQuerySet
from schools.querysets.hubs import (
    CommissionQuerySet,
    HandoverQuerySet,
    HubAreaQuerySet,
    HubQuerySet,
    PartnerQuerySet,
)
from schools.querysets.lists import ListExportQuerySet, SavedViewQuerySet
from schools.querysets.people import (
    ContactImportQuerySet,
    ContactMergeQuerySet,
    ContactQuerySet,
    EngagementYearQuerySet,
    InvitationQuerySet,
    MembershipQuerySet,
    RelationshipQuerySet,
)
from schools.querysets.records import (
    ChangeNoticeQuerySet,
    SuccessionQuerySet,
    TimelineEntryQuerySet,
)
from schools.querysets.register import RegisterFileQuerySet, RegisterImportQuerySet
from schools.querysets.schools import (
    SchoolQuerySet,
    TrustQuerySet,
    at_entrusted,
    authorities_of_hubs,
    commissioned_schools,
    holds_on,
    outer_day,
    stays_that_open,
)

__all__ = [
    "BulkChangeQuerySet",
    "ChangeNoticeQuerySet",
    "CommissionQuerySet",
    "ContactImportQuerySet",
    "ContactMergeQuerySet",
    "ContactQuerySet",
    "DatedFactQuerySet",
    "EngagementYearQuerySet",
    "HandoverQuerySet",
    "HubAreaQuerySet",
    "HubQuerySet",
    "InvitationQuerySet",
    "ListExportQuerySet",
    "MembershipQuerySet",
    "PartnerQuerySet",
    "RegisterFileQuerySet",
    "RegisterImportQuerySet",
    "RelationshipQuerySet",
    "SavedViewQuerySet",
    "SchoolQuerySet",
    "SchoolTagQuerySet",
    "SuccessionQuerySet",
    "TagQuerySet",
    "TimelineEntryQuerySet",
    "TrustQuerySet",
    "at_entrusted",
    "authorities_of_hubs",
    "commissioned_schools",
    "holds_on",
    "outer_day",
    "stays_that_open",
]

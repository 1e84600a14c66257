from schools.models.bulk import BulkChange, BulkChangeRow, SchoolTag, Tag
from schools.models.changes import ChangeNotice, RegisterChange
from schools.models.contacts import ContactImport, ContactMerge, ContactsApart
from schools.models.dated_facts import DatedFact, DatedFactValue
from schools.models.engagement import EngagementYear
from schools.models.figures import SchoolFigures
from schools.models.handovers import Handover, Received
from schools.models.hubs import Commission, Hub, HubArea, Partner
from schools.models.lists import ListExport, SavedView, SavedViewStart
from schools.models.people import Contact, Invitation, Membership, Person, Relationship
from schools.models.register import (
    EstablishmentType,
    LocalAuthority,
    RegisterCode,
    RegisterFile,
    RegisterRow,
    RegisterText,
    School,
    SchoolIdentifier,
)
from schools.models.register_imports import RegisterImport, RegisterImportFile
from schools.models.succession import SchoolLink, Succession
from schools.models.terms import DaysOff, TermCalendar, TermPart
from schools.models.timeline import TimelineEntry
from schools.models.trusts import Trust, TrustSchool

__all__ = [
    "BulkChange",
    "BulkChangeRow",
    "ChangeNotice",
    "Commission",
    "Contact",
    "ContactImport",
    "ContactMerge",
    "ContactsApart",
    "DatedFact",
    "DatedFactValue",
    "EngagementYear",
    "DaysOff",
    "EstablishmentType",
    "Handover",
    "Hub",
    "HubArea",
    "Invitation",
    "ListExport",
    "LocalAuthority",
    "Membership",
    "Partner",
    "Person",
    "Received",
    "RegisterChange",
    "RegisterCode",
    "RegisterFile",
    "RegisterImport",
    "RegisterImportFile",
    "RegisterRow",
    "RegisterText",
    "Relationship",
    "SavedView",
    "SavedViewStart",
    "School",
    "SchoolFigures",
    "SchoolIdentifier",
    "SchoolLink",
    "SchoolTag",
    "Succession",
    "Tag",
    "TermCalendar",
    "TermPart",
    "TimelineEntry",
    "Trust",
    "TrustSchool",
]

from schools.models.hubs import Commission, Hub, HubArea, Partner
from schools.models.people import Contact, Invitation, Membership, Relationship
from schools.models.register import (
    EstablishmentType,
    LocalAuthority,
    RegisterFile,
    RegisterRow,
    RegisterText,
    School,
    SchoolIdentifier,
    Trust,
    TrustSchool,
)
from schools.models.timeline import TimelineEntry

__all__ = [
    "Commission",
    "Contact",
    "EstablishmentType",
    "Hub",
    "HubArea",
    "Invitation",
    "LocalAuthority",
    "Membership",
    "Partner",
    "RegisterFile",
    "RegisterRow",
    "RegisterText",
    "Relationship",
    "School",
    "SchoolIdentifier",
    "TimelineEntry",
    "Trust",
    "TrustSchool",
]

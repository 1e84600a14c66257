"""The invented schools written as the register's own file: 135 columns, as published in 2025 and 2026."""

import csv
import io
from collections.abc import Iterable
from datetime import date

from hubportal.demo.county import TYPES, DemoSchool
from hubportal.demo.places import AUTHORITIES

COLUMNS = tuple(
    """URN|LA (code)|LA (name)|EstablishmentNumber|EstablishmentName|TypeOfEstablishment (code)|TypeOfEstablishment (name)|
EstablishmentTypeGroup (code)|EstablishmentTypeGroup (name)|EstablishmentStatus (code)|EstablishmentStatus (name)|
ReasonEstablishmentOpened (code)|ReasonEstablishmentOpened (name)|OpenDate|ReasonEstablishmentClosed (code)|
ReasonEstablishmentClosed (name)|CloseDate|PhaseOfEducation (code)|PhaseOfEducation (name)|StatutoryLowAge|
StatutoryHighAge|Boarders (code)|Boarders (name)|NurseryProvision (name)|OfficialSixthForm (code)|
OfficialSixthForm (name)|Gender (code)|Gender (name)|ReligiousCharacter (code)|ReligiousCharacter (name)|
ReligiousEthos (name)|Diocese (code)|Diocese (name)|AdmissionsPolicy (code)|AdmissionsPolicy (name)|SchoolCapacity|
SpecialClasses (code)|SpecialClasses (name)|CensusDate|NumberOfPupils|NumberOfBoys|NumberOfGirls|PercentageFSM|
TrustSchoolFlag (code)|TrustSchoolFlag (name)|Trusts (code)|Trusts (name)|SchoolSponsorFlag (name)|
SchoolSponsors (name)|FederationFlag (name)|Federations (code)|Federations (name)|UKPRN|FEHEIdentifier|
FurtherEducationType (name)|LastChangedDate|Street|Locality|Address3|Town|County (name)|Postcode|SchoolWebsite|
TelephoneNum|HeadTitle (name)|HeadFirstName|HeadLastName|HeadPreferredJobTitle|BSOInspectorateName (name)|
InspectorateReport|DateOfLastInspectionVisit|NextInspectionVisit|TeenMoth (name)|TeenMothPlaces|CCF (name)|
SENPRU (name)|EBD (name)|PlacesPRU|FTProv (name)|EdByOther (name)|Section41Approved (name)|SEN1 (name)|SEN2 (name)|
SEN3 (name)|SEN4 (name)|SEN5 (name)|SEN6 (name)|SEN7 (name)|SEN8 (name)|SEN9 (name)|SEN10 (name)|SEN11 (name)|
SEN12 (name)|SEN13 (name)|TypeOfResourcedProvision (name)|ResourcedProvisionOnRoll|ResourcedProvisionCapacity|
SenUnitOnRoll|SenUnitCapacity|GOR (code)|GOR (name)|DistrictAdministrative (code)|DistrictAdministrative (name)|
AdministrativeWard (code)|AdministrativeWard (name)|ParliamentaryConstituency (code)|
ParliamentaryConstituency (name)|UrbanRural (code)|UrbanRural (name)|GSSLACode (name)|Easting|Northing|MSOA (name)|
LSOA (name)|InspectorateName (name)|SENStat|SENNoStat|BoardingEstablishment (name)|PropsName|PreviousLA (code)|
PreviousLA (name)|PreviousEstablishmentNumber|Country (name)|UPRN|SiteName|QABName (code)|QABName (name)|
EstablishmentAccredited (code)|EstablishmentAccredited (name)|QABReport|CHNumber|MSOA (code)|LSOA (code)|FSM|
AccreditationExpiryDate""".replace("\n", "").split("|")
)

STATUSES = {"1": "Open", "2": "Closed", "3": "Open, but proposed to close", "4": "Proposed to open"}
PHASES = {"0": "Not applicable", "1": "Nursery", "2": "Primary", "4": "Secondary", "6": "16 plus", "7": "All-through"}
RELIGIONS = {"Does not apply": "00", "Church of England": "02", "Roman Catholic": "03"}
REASONS_CLOSED = {"": "00", "Closure": "02", "Academy Converter": "10"}
JOB_TITLES = {"college": "Principal", "sixth_form": "Principal"}


def register_text(schools: Iterable[DemoSchool], on: date) -> str:
    """The file's text: a header and a row for each school, CRLF, every text quoted."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, restval="", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(_row(school, on) for school in schools)
    return out.getvalue()


def _row(school: DemoSchool, on: date) -> dict[str, object]:
    type_name, group, group_name = TYPES[school.type]
    boys = round(school.pupils * (0.46 + (school.urn % 9) / 100))
    sixth_form = "1" if school.kind == "secondary" and school.high >= 18 else "2" if school.kind == "secondary" else "0"
    words = "".join(letter for letter in school.name.lower() if letter.isalnum())
    return {
        "URN": school.urn,
        "LA (code)": school.town.authority,
        "LA (name)": AUTHORITIES[school.town.authority],
        "EstablishmentNumber": school.number,
        "EstablishmentName": school.name,
        "TypeOfEstablishment (code)": school.type,
        "TypeOfEstablishment (name)": type_name,
        "EstablishmentTypeGroup (code)": group,
        "EstablishmentTypeGroup (name)": group_name,
        "EstablishmentStatus (code)": school.status,
        "EstablishmentStatus (name)": STATUSES[school.status],
        "ReasonEstablishmentOpened (code)": "10" if school.reason_opened else "00",
        "ReasonEstablishmentOpened (name)": school.reason_opened or "Not applicable",
        "OpenDate": f"{school.opened:%d-%m-%Y}",
        "ReasonEstablishmentClosed (code)": REASONS_CLOSED[school.reason_closed],
        "ReasonEstablishmentClosed (name)": school.reason_closed or "Not applicable",
        "CloseDate": f"{school.closed:%d-%m-%Y}" if school.closed else "",
        "PhaseOfEducation (code)": school.phase,
        "PhaseOfEducation (name)": PHASES[school.phase],
        "StatutoryLowAge": school.low,
        "StatutoryHighAge": school.high,
        "Boarders (code)": "1",
        "Boarders (name)": "No boarders",
        "OfficialSixthForm (code)": sixth_form,
        "OfficialSixthForm (name)": {"1": "Has a sixth form", "2": "Does not have a sixth form"}.get(
            sixth_form, "Not applicable"
        ),
        "Gender (code)": "3",
        "Gender (name)": "Mixed",
        "ReligiousCharacter (code)": RELIGIONS[school.religion],
        "ReligiousCharacter (name)": school.religion,
        "SchoolCapacity": round(school.pupils * 1.08 / 5) * 5 + 5,
        "CensusDate": f"{date(on.year if on.month > 8 else on.year - 1, 1, 16):%d-%m-%Y}",
        "NumberOfPupils": school.pupils,
        "NumberOfBoys": boys,
        "NumberOfGirls": school.pupils - boys,
        "PercentageFSM": f"{school.fsm:.2f}",
        "TrustSchoolFlag (code)": "3" if school.trust else "0",
        "TrustSchoolFlag (name)": "Supported by a multi-academy trust" if school.trust else "Not applicable",
        "Trusts (code)": school.trust,
        "Trusts (name)": school.trust_name.upper(),
        "LastChangedDate": f"{on.replace(day=1):%d-%m-%Y}",
        "Street": school.street,
        "Locality": school.village,
        "Town": school.town.name,
        "County (name)": AUTHORITIES[school.town.authority],
        "Postcode": school.postcode,
        "SchoolWebsite": f"https://www.{words}.example",
        "TelephoneNum": school.telephone.replace(" ", ""),
        "HeadTitle (name)": school.head[0],
        "HeadFirstName": school.head[1],
        "HeadLastName": school.head[2],
        "HeadPreferredJobTitle": JOB_TITLES.get(school.kind, "Headteacher"),
        "UrbanRural (code)": "RSN1" if school.village else "UN1",
        "UrbanRural (name)": "Rural: Nearer to a major town or city"
        if school.village
        else "Urban: Nearer to a major town or city",
        "Easting": school.easting,
        "Northing": school.northing,
        "PreviousLA (code)": "999",
        "FSM": round(school.pupils * school.fsm / 100),
    }

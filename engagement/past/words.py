"""The words of a file for the portal's kinds: those that everybody knows, and the rest, which are asked once. No
query."""

from collections.abc import Mapping

from engagement.models import Attempt, Conversation
from engagement.models.past import PastRow
from schools.register.keys import name_key

TRIED = "tried:"  # before the way of a try that got no answer
LEAVE = "leave"  # the rows with the word are left out

How, Kind, Try = Conversation.How, Conversation.Kind, Attempt.How
_KNOWN: Mapping[str, Mapping[str, str]] = {
    "record": {
        "contact": "contact|contacts|conversation|visit|meeting|call",
        "support": "support|delivery|deliveries|provision|support given|programme",
        "plan": "plan|smdp|plan date|development plan|school music development plan|music development plan",
    },
    "how": {
        How.VISIT: "visit|school visit|site visit|in person|face to face|face to face meeting|visited|in school",
        How.CALL: "call|phone|phone call|telephone|telephone call|tel|rang|phoned",
        How.VIDEO: "video|video call|online|online meeting|teams|zoom|teams call|zoom call|teams meeting|virtual|"
        "virtual meeting|zoom meeting|google meet|ms teams",
        How.EMAIL: "email|e mail|emails|email exchange|email conversation",
        How.EVENT: "event|conference|network|network meeting|forum|music leads network",
        TRIED + Try.CALL: "no answer|voicemail|left voicemail|left message|call no answer|phone no answer|"
        "called no answer|phoned no answer",
        TRIED + Try.EMAIL: "no reply|email no reply|no response|email no response|emailed no reply|emailed no response",
        TRIED + Try.VISIT: "visit nobody free|visit not seen",
        TRIED + Try.LETTER: "letter no reply",
    },
    "kind": {
        Kind.FIRST_MEETING: "first meeting|initial meeting|introduction|introductory meeting|intro",
        Kind.CHALLENGING: "challenging conversation|challenge|challenge conversation|challenging",
        Kind.CATCH_UP: "catch up|catchup|update|check in|general",
        Kind.PLAN_REVIEW: "plan review|smdp review|review of plan|smdp|development plan review",
        Kind.TRUST_MEETING: "trust meeting|mat meeting|trust",
        Kind.STRATEGIC: "strategic|strategic meeting|leadership meeting",
        Kind.DELIVERY_REVIEW: "review of provision|provision review|wcet review|delivery review",
        Kind.OTHER: "other",
    },
    # The funder's ten kinds of support, by the codes of `engagement/reference/strands.json`.
    "strand": {
        "plan": "help with a plan|plan support|smdp support|development plan",
        "curriculum": "curriculum|curriculum support|curriculum advice",
        "training": "training|cpd|professional development|staff training|inset",
        "staff": "staff|specialist staff|music teacher|ppa cover",
        "provision": "whole class|wcet|whole class ensemble teaching|first access|wider opportunities|ensembles|"
        "ensemble|lessons|tuition|singing|workshop|concert|provision",
        "instruments": "instruments|instrument loan|instrument hire|loans|instrument loans",
        "links": "links|partnerships",
        "information": "information|newsletter|mailing",
        "teaching-school-hubs": "teaching school hub|tsh",
        "tools": "tools|platform|charanga|resources|online resources|technology",
    },
}
KNOWN: Mapping[str, Mapping[str, str]] = {
    field: {word: code for code, words in codes.items() for word in words.split("|")} for field, codes in _KNOWN.items()
}
ASKED = {
    "record": "Kind of row",
    "how": "How",
    "kind": "Kind of conversation",
    "strand": "Kind of support",
}


def key_of(word: str) -> str:
    """A word as it is asked for and remembered: "School Visit " is "school visit"."""
    return name_key(word)[:80]


def choices_of(field: str, strands: Mapping[str, str]) -> list[tuple[str, str]]:
    """What a word of a column may be meant as. `strands` are the names of the kinds of support by code."""
    match field:
        case "record":
            return [(code, label) for code, label in PastRow.Kind.choices if code != PastRow.Kind.ATTEMPT]
        case "how":
            tries = [(TRIED + code, label) for code, label in Try.choices]
            return [*How.choices, *tries]
        case "kind":
            return list(Kind.choices)
    return list(strands.items())

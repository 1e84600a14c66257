"""The filter for thousands of keys finds what `__in` finds."""

import pytest

from hubportal.kit.lookups import AmongOnce
from schools.models import Relationship, School
from tests import factories as make

pytestmark = pytest.mark.django_db


def test_among_finds_what_in_finds():
    hub = make.make_hub()
    schools = [make.make_school(hub=hub) for _ in range(3)]
    for school in schools:
        Relationship.objects.create(hub=hub, school=school)
    some = {schools[0].pk, schools[2].pk, 0}
    assert set(School.objects.filter(pk__among=some)) == {schools[0], schools[2]}
    assert set(School.objects.exclude(pk__among=some)) == {schools[1]}
    assert Relationship.objects.filter(school__among=some).count() == 2
    assert Relationship.objects.filter(school__authority__among=[schools[0].authority_id]).count() == len(schools)
    assert not School.objects.filter(pk__among=()).exists()


def test_among_once_finds_what_in_a_subquery_finds():
    hub, other = make.make_hub(), make.make_hub()
    schools = [make.make_school(f"School {number}", hub=each) for number, each in enumerate((hub, hub, other))]
    for school in schools:
        Relationship.objects.create(hub=hub, school=school)
    some = School.objects.filter(authority=hub.authority).order_by("name").values("pk")
    assert set(Relationship.objects.filter(AmongOnce("school_id", some)).values_list("school", flat=True)) == {
        schools[0].pk,
        schools[1].pk,
    }
    assert Relationship.objects.exclude(AmongOnce("school_id", some)).get().school == schools[2]
    authorities = School.objects.filter(pk=schools[2].pk).values("authority")
    assert Relationship.objects.get(AmongOnce("school__authority_id", authorities)).school == schools[2]
    assert not Relationship.objects.filter(AmongOnce("school_id", School.objects.none().values("pk"))).exists()

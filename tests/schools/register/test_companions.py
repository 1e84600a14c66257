"""The files that come with the establishments: all in one command, and shown in the administration."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from schools.models import RegisterFile, School, SchoolLink, Trust, TrustSchool
from tests.factories import make_user
from tests.schools.register.files import COLUMNS, row
from tests.schools.register.sheets import GROUP_LINKS, GROUPS, LINKS, group, in_group, link, save
from tests.schools.register.test_childrens_centres import CENTRE, CENTRES

pytestmark = pytest.mark.django_db


@pytest.fixture
def brought(tmp_path: Path) -> tuple[dict, str]:
    """All five files, one of the links unreadable; the report and what was said."""
    schools = [row(110001, "Ash School", **{"Trusts (code)": "2044", "Trusts (name)": "OAK TRUST"})]
    said, report = StringIO(), tmp_path / "report.json"
    call_command(
        "import_register",
        save(tmp_path, "edubasealldata20220407.csv", schools, COLUMNS),
        groups=save(tmp_path, "allgroupsdata20220407.csv", [group(2044, "Oak Trust")], GROUPS),
        group_links=save(tmp_path, "alllinksdata20220407.csv", [in_group(110001, 2044, "01/09/2019")], GROUP_LINKS),
        links=save(
            *(tmp_path, "links_edubasealldata20220407.csv"),
            [link(110001, "Predecessor", 100001), link(110001, "", 100002)],
            LINKS,
        ),
        children_centres=save(
            tmp_path, "edubaseallchildrencentre20220407.csv", [row(20001, "Acorn", **CENTRE)], CENTRES
        ),
        report=report,
        stdout=said,
    )
    return json.loads(report.read_text()), said.getvalue()


def test_one_command_reads_every_file(brought: tuple[dict, str]) -> None:
    report, said = brought
    assert (report["new"], report["links"], list(report["files"])) == (
        *(1, 2),
        ["groups", "group_links", "links", "children_centres"],
    )
    assert {name: figures["applied"] for name, figures in report["files"].items()} == dict.fromkeys(
        report["files"], True
    )
    assert (report["files"]["links"]["rejected"], report["files"]["group_links"]["changed"]) == (1, 1)
    assert "links_edubasealldata20220407.csv, the register as at 2022-04-07" in said
    assert set(RegisterFile.objects.values_list("kind", flat=True)) == {
        *("establishments", "groups", "group_links", "links", "childrens_centres"),
    }
    assert (SchoolLink.objects.count(), Trust.objects.count(), TrustSchool.objects.count()) == (1, 1, 1)
    assert School.objects.filter(source="centres").count() == 1


def test_the_administration_shows_every_file_and_what_was_rejected(brought: tuple[dict, str]) -> None:
    client = Client()
    client.force_login(make_user("Nadia Farouk", is_superuser=True))

    def page(noun: str, **asked: str) -> str:
        response = client.get(reverse(f"admin:schools_{noun}_changelist"), asked)
        assert response.status_code == 200
        return response.content.decode()

    files = page("registerfile")
    for name in RegisterFile.objects.values_list("name", flat=True):
        assert name in files
    rejected = page("registerrow", file__kind__exact="links")
    assert "It has no link type." in rejected
    assert "&quot;110001&quot;,&quot;100002&quot;" in rejected
    assert "It has no link type." not in page("registerrow", file__kind__exact="groups")
    assert "Predecessor" in page("schoollink", q="100001")
    assert "0 results" in page("schoollink", q="100009")
    assert "Multi-academy trust" in page("trust", q="2044")

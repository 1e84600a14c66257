"""A worker that is killed -9 while it sends a mailing: no email is lost, and none goes twice."""

import email
import signal
import subprocess
import sys

import pytest
from django.utils import timezone

from engagement.actions import mailings as actions
from engagement.mailings import sending
from engagement.mailings.whom import Person
from engagement.models import MailingRecipient
from schools.roles import Role
from tests import factories as make
from tests.architecture.source import ROOT
from tests.worker import environment_of_a_worker

State = MailingRecipient.State


@pytest.mark.django_db(transaction=True)
def test_a_killed_worker_loses_none_and_doubles_none(tmp_path, settings):
    hub = make.make_hub("Exampleshire Music Hub")
    school = make.make_school("Millbrook", hub=hub)
    officer = make.make_person(Role.HUB_OFFICER, hub, "Amira Okafor")
    contacts = [make.make_contact(f"Reader {number}", hub=hub, school=school) for number in range(5)]
    mailing = actions.begin(hub=hub, by=officer, subject="S", text="T", whom="all", query="", words="")
    actions.confirm(mailing=mailing, people=[Person(each, school, "") for each in contacts], by=officer)

    killed = subprocess.run(
        [sys.executable, "-m", "tests.engagement.killed_sender"],
        cwd=ROOT,
        env={
            **environment_of_a_worker(),
            "EMAIL_URL": f"file://{tmp_path}",
            "DJANGO_SETTINGS_MODULE": "hubportal.settings",
        },
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert killed.returncode == -signal.SIGKILL, killed.stderr[-3000:]
    states = list(MailingRecipient.objects.order_by("pk").values_list("state", flat=True))
    assert sorted(states) == [State.SENT] * 2 + [State.WAITING] * 3

    settings.EMAIL_BACKEND, settings.EMAIL_FILE_PATH = "django.core.mail.backends.filebased.EmailBackend", tmp_path
    sending.send_some(at=timezone.now() + sending.LEASE / 2)
    assert MailingRecipient.objects.filter(state=State.WAITING).count() == 3, "they are the other worker's still"
    for _ in range(2):
        sending.send_some(at=timezone.now() + sending.LEASE * 2)
    texts = [text for path in tmp_path.iterdir() for text in path.read_text().split("-" * 79 + "\n") if text.strip()]
    assert sorted(email.message_from_string(text)["To"] for text in texts) == sorted(each.email for each in contacts)

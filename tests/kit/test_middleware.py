"""Who is let in before any page is looked for."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from hubportal.kit.middleware import this_machine_only


@pytest.mark.parametrize(
    ("caller", "status"),
    [
        ("127.0.0.1", 200),
        ("127.8.0.1", 200),
        ("::1", 200),
        ("::ffff:127.0.0.1", 200),
        ("", 200),  # through a socket
        ("192.0.2.7", 403),
        ("10.0.0.5", 403),
        ("::ffff:192.0.2.7", 403),
        ("2001:db8::1", 403),
    ],
)
def test_demo_answers_its_own_machine_only(caller: str, status: int) -> None:
    answer = this_machine_only(lambda request: HttpResponse("words"))
    request = RequestFactory().get("/", REMOTE_ADDR=caller, headers={"Host": "localhost"})
    response = answer(request)
    assert response.status_code == status
    assert (response.content == b"words") == (status == 200)

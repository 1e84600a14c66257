"""A worker of its own that sends a mailing and kills itself (-9) while it hands over the third email.

`python -m tests.engagement.killed_sender`; emails go where EMAIL_URL says."""

import os
import signal

import django
from django.core.mail.backends.filebased import EmailBackend


class DiesAtTheThird(EmailBackend):
    handed_over = 0

    def send_messages(self, messages):
        if DiesAtTheThird.handed_over == 2:
            os.kill(os.getpid(), signal.SIGKILL)
        DiesAtTheThird.handed_over += 1
        return super().send_messages(messages)


if __name__ == "__main__":
    django.setup()

    from django.conf import settings  # the portal is loaded only here

    from engagement.mailings import sending  # as above

    settings.EMAIL_BACKEND = "tests.engagement.killed_sender.DiesAtTheThird"
    sending.send_some()

"""A mailbox that speaks as much IMAP as reading what came back needs."""

import re
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Mailbox(socketserver.ThreadingTCPServer):
    """Unread emails by their number; `read` are those that somebody marked as read."""

    allow_reuse_address = daemon_threads = True

    def __init__(self, emails: list[bytes], password: str) -> None:
        super().__init__(("127.0.0.1", 0), Speaking)
        self.unread = dict(enumerate(emails, start=1))
        self.read: list[int] = []
        self.password = password

    @property
    def url(self) -> str:
        return f"imap://portal:{self.password}@127.0.0.1:{self.server_address[1]}/INBOX"


class Speaking(socketserver.StreamRequestHandler):
    server: Mailbox

    def handle(self) -> None:
        self.say(b"* OK ready")
        for line in self.rfile:
            tag, command, rest = [*line.decode().strip().split(" ", 2), ""][:3]
            answer = getattr(self, f"on_{command.lower()}", lambda rest: "OK")(rest)
            self.say(f"{tag} {answer} done".encode())
            if command == "LOGOUT":
                return

    def say(self, words: bytes) -> None:
        self.wfile.write(words + b"\r\n")

    def on_capability(self, rest: str) -> str:
        self.say(b"* CAPABILITY IMAP4rev1")
        return "OK"

    def on_login(self, rest: str) -> str:
        return "OK" if rest == f'portal "{self.server.password}"' else "NO wrong password"

    def on_select(self, rest: str) -> str:
        self.say(f"* {len(self.server.unread)} EXISTS".encode())
        return "OK [READ-WRITE]"

    def on_uid(self, rest: str) -> str:
        if rest.startswith("SEARCH"):
            numbers = [str(each) for each in self.server.unread if each not in self.server.read]
            self.say(" ".join(["* SEARCH", *numbers]).encode())
        elif found := re.match(r"FETCH (\d+)", rest):
            raw = self.server.unread[int(found[1])]
            self.say(f"* {found[1]} FETCH (UID {found[1]} BODY[]<0> {{{len(raw)}}}".encode())
            self.wfile.write(raw + b")\r\n")
        elif found := re.match(r"STORE (\d+) \+FLAGS", rest):
            self.server.read.append(int(found[1]))
        return "OK"


@contextmanager
def mailbox(emails: list[bytes], password: str = "quiet-word") -> Iterator[Mailbox]:
    """The mailbox until the block ends."""
    with Mailbox(emails, password) as made:
        thread = threading.Thread(target=made.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield made
        finally:
            made.shutdown()
            thread.join()

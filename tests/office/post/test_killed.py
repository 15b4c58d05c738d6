"""Two programs, and one that is killed: a letter that was begun is not sent again, and nobody sends beside another."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from fazhi_xl.errors import WrongUseError
from fazhi_xl.office.workspace.lock import locked
from tests.clients.mail_server import PASSWORD, Act, MailServer
from tests.office.post.conftest import Post, dispatch

pytestmark = pytest.mark.long
PROGRAM = """
import sys
from pathlib import Path
from fazhi_xl.mail.settings import MailSettings, Security, Server
from fazhi_xl.office.post.deliver import Delivery, deliver
from fazhi_xl.office.workspace.folder import Workspace
from fazhi_xl.office.workspace.lock import locked
from fazhi_xl.office.workspace.progress import Nobody
from tests.office.post.conftest import ADDRESS, NOW, dispatch

space = Workspace(Path(sys.argv[1]))
server = Server(host="localhost", port=int(sys.argv[2]), security=Security.NONE, user="fzb", patience=60)
letters = [dispatch("法院"), dispatch("民政局"), dispatch("信访局")]
with locked(space):
    deliver(space, letters, Delivery(smtp=True), MailSettings(address=ADDRESS, smtp=server), Nobody(), NOW)
"""


@contextmanager
def another_program(post: Post) -> Iterator[subprocess.Popen[bytes]]:
    """Start a program that sends three letters, and kill it."""
    assert post.settings.smtp
    told = (sys.executable, "-c", PROGRAM, str(post.space.root), str(post.settings.smtp.port))
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[3]), "FAZHI_MAIL_PASSWORD": PASSWORD}
    with subprocess.Popen(told, env=environment) as program:
        try:
            yield program
        finally:
            program.kill()


def test_killed_while_the_server_thinks(post: Post, mail_server: MailServer) -> None:
    """While one program sends no other does, and after it was killed its second letter is told and not sent again."""
    mail_server.script["."] = [Act.GO_ON, Act.HANG]
    with another_program(post) as program:
        while len(mail_server.letters) < 2:
            assert program.poll() is None
            time.sleep(0.01)
        with pytest.raises(WrongUseError, match="正在被另一个收表或生成命令使用"), locked(post.space):
            pass
    with locked(post.space):
        delivered = post.deliver(dispatch("法院"), dispatch("民政局"), dispatch("信访局"))
    assert [each.state.value for each in delivered.done] == ["before", "unsure", "sent"]
    assert len(mail_server.letters) == 3

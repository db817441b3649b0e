import logging
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import apprise
import pytest

from notifications.channels import open_channel, register_schemes
from notifications.files import outbox_url
from notifications.message import Verdict
from supervision.errors import NotConfiguredError
from tests.notifications.messages import MORNING, a_message
from tests.sinks.smtp import SmtpSink

ROOT = Path(__file__).resolve().parents[2]
CANARY = "jinsique-7f3a"


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    """Give a port on which nobody may be heard."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0)
        yield listener


@pytest.mark.parametrize("scheme", ["outbox", "OUTBOX"])
def test_a_url_opens_the_truthful_channel_behind_it(scheme: str, tmp_path: Path) -> None:
    url = outbox_url(tmp_path / "发文").replace("outbox", scheme, 1)

    with closing(open_channel(url, clock=lambda: MORNING)) as channel:
        outcome = channel.deliver(a_message())

    assert channel.name == "file"
    assert outcome.verdict is Verdict.ACCEPTED
    assert all(path.is_relative_to(tmp_path / "发文") for path in outcome.paths)


def test_a_mail_url_opens_the_mail_channel(smtp_sink: SmtpSink) -> None:
    with closing(open_channel(smtp_sink.url(), clock=lambda: MORNING)) as channel:
        outcomes = [channel.deliver(a_message()).verdict for _ in range(3)]

    assert channel.name == "mail"
    assert outcomes == [Verdict.ACCEPTED] * 3
    assert len(smtp_sink.accepted()) == 3


@pytest.mark.parametrize(
    "url",
    [
        pytest.param(f"json://{CANARY}@169.254.169.254/latest", id="any host by POST"),
        pytest.param(f"mailto://u:{CANARY}@mail.test", id="apprise's own mail"),
        pytest.param(f"dingtalk://{CANARY}/", id="a robot that cannot say no"),
        pytest.param(f"apprise://{CANARY}@localhost", id="another apprise"),
        pytest.param("syslog://", id="acts on the host"),
        pytest.param(f"file:///etc/{CANARY}", id="file"),
        pytest.param(f"https://oapi.dingtalk.com/robot/send?access_token={CANARY}", id="native"),
        pytest.param(CANARY, id="no scheme"),
        pytest.param("", id="nothing"),
    ],
)
def test_a_scheme_outside_the_list_is_refused_with_advice_and_without_its_secret(url: str) -> None:
    with pytest.raises(NotConfiguredError, match="不在允许之列") as refusal:
        open_channel(url, clock=lambda: MORNING)

    assert "outbox://" in refusal.value.advice
    assert CANARY not in str(refusal.value) + refusal.value.advice


def test_apprise_itself_refuses_them_too_and_connects_nowhere(listener: socket.socket) -> None:
    register_schemes(clock=lambda: MORNING)
    messages = apprise.Apprise()

    added = messages.add(f"json://127.0.0.1:{listener.getsockname()[1]}/")

    assert not added
    with pytest.raises(BlockingIOError):
        listener.accept()


def test_schemes_that_apprise_has_read_before_us_are_disabled_after_us() -> None:
    program = (
        "import apprise, datetime\n"
        "from notifications.channels import register_schemes\n"
        "before = apprise.Apprise().add('json://localhost')\n"
        "register_schemes(clock=lambda: datetime.datetime.max)\n"
        "after = apprise.Apprise().add('json://localhost')\n"
        "ours = apprise.Apprise().add('outbox:///tmp/out')\n"
        "print(before, after, ours)\n"
    )

    finished = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, check=True, capture_output=True, text=True
    )

    assert finished.stdout.split() == ["True", "False", "True"]


def test_apprise_notify_works_with_our_schemes_and_true_means_accepted(
    smtp_sink: SmtpSink, tmp_path: Path
) -> None:
    smtp_sink.script({"he@shuili.test": ["550 5.1.1 no such user"]})
    register_schemes(clock=lambda: MORNING)
    base, query = smtp_sink.url().split("?")

    results = []
    for url in (
        outbox_url(tmp_path),
        f"{base}lan@zhujian.test?{query}",
        f"{base}he@shuili.test?{query}",
    ):
        messages = apprise.Apprise()
        assert messages.add(url)
        results.append(bool(messages.notify("两项逾期", title="今日督办")))

    assert results == [True, True, False]
    assert smtp_sink.accepted()[0].mail["Subject"] == "今日督办"
    assert smtp_sink.accepted()[0].mail["Date"] == "Thu, 02 Jan 2025 01:00:00 +0000"


def test_an_attachment_by_address_is_neither_fetched_nor_left_out_silently(
    tmp_path: Path, listener: socket.socket
) -> None:
    register_schemes(clock=lambda: MORNING)
    messages = apprise.Apprise()
    messages.add(outbox_url(tmp_path))

    sent = messages.notify("正文", attach=f"http://127.0.0.1:{listener.getsockname()[1]}/a.docx")

    assert not sent
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(BlockingIOError):
        listener.accept()


@pytest.mark.parametrize(
    "url",
    [
        pytest.param(f"smtp://duban:{CANARY}@127.0.0.1:1/a@b.test?from=c@d.test", id="good"),
        pytest.param(f"smtp://duban:{CANARY}@127.0.0.1:1/?wrong=1", id="bad option"),
        pytest.param(f"smtp://duban: {CANARY} @127.0.0.1:x", id="unreadable"),
        pytest.param(f"json://duban:{CANARY}@127.0.0.1:1", id="refused"),
    ],
)
def test_no_log_line_holds_a_password_even_at_trace(
    url: str, caplog: pytest.LogCaptureFixture
) -> None:
    register_schemes(clock=lambda: MORNING)
    with caplog.at_level(1), caplog.at_level(1, logger="apprise"):
        messages = apprise.Apprise()
        messages.add(url)
        messages.notify("正文", title="标题")
        try:
            open_channel(url, clock=lambda: MORNING).deliver(a_message())
        except NotConfiguredError:
            logging.getLogger("test").exception("refused")

    assert caplog.messages
    assert CANARY not in caplog.text
    assert all(CANARY not in str(shown) for shown in messages.urls(privacy=True))


def test_a_channel_describes_itself_without_its_password() -> None:
    channel = open_channel(f"smtp://duban:{CANARY}@mail.test:587", clock=lambda: MORNING)

    assert channel.describe() == "smtp://duban:****@mail.test:587/?from=duban@mail.test"

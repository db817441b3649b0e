import errno
import os
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest

from notifications.files import FileChannel, failure_text, folder_at, outbox_url
from notifications.message import Attachment, Verdict
from supervision.errors import NotConfiguredError
from tests.notifications.messages import a_message


@contextmanager
def files_no_longer_than(size: int) -> Iterator[None]:
    """Let the system refuse to write more, in the middle of a file."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def files_under(folder: Path) -> list[str]:
    return sorted(str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file())


def test_a_message_becomes_two_files_under_its_day_and_its_unit(tmp_path: Path) -> None:
    outcome = FileChannel(tmp_path).deliver(a_message(message_id="<1b2c@office.test>"))

    assert outcome.verdict is Verdict.ACCEPTED
    assert files_under(tmp_path) == [
        "2025-01-02/区住建局-41162c59.eml",
        "2025-01-02/区住建局-41162c59.md",
    ]
    assert sorted(outcome.paths) == sorted((tmp_path / "2025-01-02").iterdir())


def test_the_eml_is_what_mail_would_have_sent(tmp_path: Path) -> None:
    notice = Attachment(name="督办通知.docx", content=b"PK", content_type="application/zip")

    eml, _ = FileChannel(tmp_path).deliver(a_message(address="", attachments=(notice,))).paths

    mail = message_from_bytes(eml.read_bytes(), policy=default)
    assert mail["Subject"] == "今日督办提醒：2 项逾期"
    assert [part.get_filename() for part in mail.iter_attachments()] == ["督办通知.docx"]


def test_the_md_can_be_read_as_it_is(tmp_path: Path) -> None:
    notice = Attachment(name="督办通知.docx", content=b"PK")

    _, md = FileChannel(tmp_path).deliver(a_message(attachments=(notice,))).paths

    text = md.read_text("utf-8")
    assert text.startswith("# 今日督办提醒：2 项逾期\n")
    assert "- 收件：区住建局（lan@zhujian.test）\n- 发件：领导小组办公室\n" in text
    assert "- 附件：督办通知.docx（2 字节" in text
    assert text.endswith("2. 管网<A&B>段，逾期 1 天\n")


def test_a_repeat_overwrites_and_never_doubles(tmp_path: Path) -> None:
    message = a_message()

    outcomes = [FileChannel(tmp_path).deliver(message) for _ in range(3)]

    assert outcomes[0] == outcomes[2]
    assert len(files_under(tmp_path)) == 2


def test_two_messages_to_one_unit_on_one_day_are_four_files(tmp_path: Path) -> None:
    channel = FileChannel(tmp_path)

    channel.deliver(a_message())
    channel.deliver(a_message())

    assert len(files_under(tmp_path)) == 4


def test_the_day_is_the_day_in_the_zone_of_the_message(tmp_path: Path) -> None:
    message = a_message()

    FileChannel(tmp_path).deliver(a_message(dated_at=message.dated_at + timedelta(days=1)))

    assert [folder.name for folder in tmp_path.iterdir()] == ["2025-01-03"]


@pytest.mark.parametrize(
    ("name", "start"),
    [
        pytest.param("../../etc", "etc-", id="path"),
        pytest.param("/", "未署名-", id="nothing left"),
        pytest.param("", "未署名-", id="empty"),
        pytest.param("经开区（管委会）", "经开区_管委会-", id="brackets"),
        pytest.param("长" * 300, "长" * 40 + "-", id="long"),
    ],
)
def test_a_unit_name_is_made_a_file_name(name: str, start: str, tmp_path: Path) -> None:
    outcome = FileChannel(tmp_path).deliver(a_message(recipient_name=name))

    assert outcome.verdict is Verdict.ACCEPTED
    assert all(p.parent.parent == tmp_path and p.name.startswith(start) for p in outcome.paths)


def test_a_message_that_mail_would_refuse_is_refused_and_leaves_nothing(tmp_path: Path) -> None:
    outcome = FileChannel(tmp_path).deliver(a_message(subject="提醒\r\nBcc: x"))

    assert outcome.verdict is Verdict.REFUSED
    assert "主题中有换行" in outcome.reason
    assert files_under(tmp_path) == []


def test_a_folder_that_cannot_be_made_is_an_outcome_in_words(tmp_path: Path) -> None:
    (tmp_path / "outbox").write_text("a file", "utf-8")

    outcome = FileChannel(tmp_path / "outbox").deliver(a_message())

    assert outcome.verdict is Verdict.UNAVAILABLE
    assert "不是文件夹" in outcome.reason


def test_a_write_that_breaks_off_keeps_the_old_file_and_leaves_no_rest(tmp_path: Path) -> None:
    channel = FileChannel(tmp_path)
    message = a_message()
    eml, md = channel.deliver(message).paths
    before = eml.read_bytes(), md.read_bytes()

    with files_no_longer_than(100):
        outcome = channel.deliver(message)

    assert outcome.verdict is Verdict.UNAVAILABLE
    assert (eml.read_bytes(), md.read_bytes()) == before
    assert len(files_under(tmp_path)) == 2


@pytest.mark.parametrize(
    ("number", "words"),
    [
        pytest.param(errno.ENOSPC, "磁盘已满", id="disk full"),
        pytest.param(errno.EROFS, "只读", id="read-only"),
        pytest.param(errno.EACCES, "没有写入权限", id="no right"),
        pytest.param(errno.EIO, "写不进去", id="anything else"),
    ],
)
def test_a_failure_to_write_is_told_in_chinese(number: int, words: str) -> None:
    text = failure_text(OSError(number, os.strerror(number)), Path("var/outbox"))

    assert "var/outbox" in text
    assert words in text


@pytest.mark.parametrize("folder", ["/srv/out", "var/outbox", "/srv/督办 发文/a?b#c%20", "./Var"])
def test_a_folder_comes_back_from_its_url(folder: str) -> None:
    assert folder_at(outbox_url(Path(folder))) == Path(folder)


def test_a_url_without_a_folder_is_refused() -> None:
    with pytest.raises(NotConfiguredError, match="没有写文件夹"):
        folder_at("outbox://")

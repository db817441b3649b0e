"""People and channels: a workbook in, real mail out, and what a relay's refusal leaves behind."""

import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from openpyxl import Workbook

from tests.commands import Duban
from tests.sinks.smtp import SmtpSink

HEADING = ("单位", "姓名", "职务", "电话", "邮箱", "督导单位")
UNITS = ("章贡生态环境局", "区工信局", "区委宣传部", "区“无废城市”建设工作领导小组办公室")
PEOPLE = [
    (unit, f"联络{number}", "联络员", "0797-1234567", f"unit{number}@example.gov.cn", "")
    for number, unit in enumerate(UNITS)
]

Write = Callable[[Sequence[Sequence[str]]], str]


@pytest.fixture
def workbook(tmp_path: Path) -> Write:
    """Write a contacts workbook with these rows and give its name."""

    def write(rows: Sequence[Sequence[str]]) -> str:
        book = Workbook()
        sheet = book.active
        assert sheet is not None
        for row in (HEADING, *rows):
            sheet.append(list(row))
        book.save(tmp_path / "contacts.xlsx")
        return "contacts.xlsx"

    return write


@pytest.fixture
def by_mail(
    started: Duban, workbook: Write, smtp_sink: SmtpSink, monkeypatch: pytest.MonkeyPatch
) -> Duban:
    """The office with its baseline confirmed, four liaisons with mail, and a relay."""
    monkeypatch.setenv("DUBAN_SMTP_URL", smtp_sink.url())
    assert started("plan", "confirm-baseline").code == 0
    assert started("contact", "import", workbook(PEOPLE)).code == 0
    return started


def test_mail_is_refused_until_the_baseline_is_confirmed(started: Duban, workbook: Write) -> None:
    file = workbook(PEOPLE)

    refused = started("contact", "import", file)
    started("plan", "confirm-baseline")
    accepted = started("contact", "import", file, "--json")

    assert refused.code == 4
    assert "confirm-baseline" in refused.err
    assert (accepted.answer["people"], accepted.answer["addresses"]) == (4, 4)


def test_the_same_workbook_again_changes_nothing(by_mail: Duban, workbook: Write) -> None:
    again = by_mail("contact", "import", workbook(PEOPLE), "--json").answer

    assert (again["people"], again["addresses"], again["sponsors"]) == (0, 0, 0)


@pytest.mark.parametrize(
    ("row", "told"),
    [
        pytest.param(("区工商局", "甲", "", "", "", ""), "第3行", id="an unknown unit"),
        pytest.param(("区工信局", "", "", "", "", ""), "姓名", id="nobody named"),
        pytest.param(("", "甲", "", "", "", ""), "单位", id="no unit"),
        pytest.param(("区工信局", "甲", "局长", "", "", ""), "职务", id="an unknown post"),
        pytest.param(("区工信局", "甲", "", "", "甲@", ""), "邮箱", id="half an address"),
        pytest.param(("区工信局", "=1+1", "", "", "", ""), "公式", id="a formula"),
        pytest.param(("区工信局", "甲", "", "", "", "区工信局"), "自己", id="its own sponsor"),
    ],
)
def test_one_row_at_fault_refuses_the_whole_workbook(
    started: Duban, workbook: Write, row: Sequence[str], told: str
) -> None:
    good = ("区发改委", "乙", "联络员", "", "", "")

    ran = started("contact", "import", workbook([good, row]))

    assert ran.code == 2
    assert told in ran.err
    people = started("contact", "list", "--json").answer["units"]
    assert [unit["person"] for unit in people if unit["person"]] == []


def test_a_file_that_is_no_workbook_is_refused(started: Duban, tmp_path: Path) -> None:
    (tmp_path / "contacts.xlsx").write_bytes(b"nothing of the kind")

    assert started("contact", "import", "contacts.xlsx").code == 1


def test_a_company_is_told_through_its_sponsor_unit(started: Duban, workbook: Write) -> None:
    sponsored = ("江钨世泰科钨品有限公司", "丙", "", "", "", "章贡高新区管委会")
    started("contact", "import", workbook([sponsored]))

    items = started("overdue", "--as-of", "2025-01-02", "--json").answer["items"]
    queued = started("tick", "--as-of", "2025-01-02", "--json").answer["messages_queued"]
    started("deliver")

    assert next(item for item in items if item["code"] == "P04")["sponsor_unit"] == (
        "章贡高新区管委会"
    )
    assert queued == 5
    digest = next(Path("var/outbox/2025-01-02").glob("章贡高新区管委会*.md")).read_text()
    assert "责任单位：江钨世泰科钨品有限公司" in digest


def test_digests_go_out_by_mail_and_are_sent_once(by_mail: Duban, smtp_sink: SmtpSink) -> None:
    by_mail("tick", "--as-of", "2025-01-02")

    first = by_mail("deliver", "--json")
    second = by_mail("deliver", "--json")

    assert (first.code, first.answer["sent"], second.answer["sent"]) == (0, 4, 0)
    mails = [attempt.mail for attempt in smtp_sink.accepted()]
    assert len(mails) == 4
    assert len({mail["Message-ID"] for mail in mails}) == 4
    environment = next(mail for mail in mails if "章贡生态环境局" in mail["Subject"])
    assert "逾期2项" in environment["Subject"]
    assert "T15" in environment.get_content()


def test_a_refusal_is_recorded_with_its_reason_and_the_others_are_sent(
    by_mail: Duban, smtp_sink: SmtpSink
) -> None:
    smtp_sink.script({"unit1@example.gov.cn": ["550 5.1.1 no such user"]})
    by_mail("tick", "--as-of", "2025-01-02")

    ran = by_mail("deliver", "--json")
    again = by_mail("deliver", "--json")

    assert ran.code == 5
    assert (ran.answer["sent"], ran.answer["refused"]) == (3, 1)
    assert again.answer["sent"] == 0
    assert len(smtp_sink.accepted()) == 3


def test_a_relay_that_is_down_keeps_everything_for_the_next_run(
    by_mail: Duban, smtp_sink: SmtpSink, monkeypatch: pytest.MonkeyPatch
) -> None:
    by_mail("tick", "--as-of", "2025-01-02")
    monkeypatch.setenv("DUBAN_SMTP_URL", "smtp://127.0.0.1:9/?timeout=2")

    down = by_mail("deliver", "--json")
    monkeypatch.setenv("DUBAN_SMTP_URL", smtp_sink.url())
    up = by_mail("deliver", "--json")

    assert (down.code, down.answer["sent"], down.answer["pending"]) == (5, 0, 4)
    assert (up.code, up.answer["sent"], up.answer["pending"]) == (0, 4, 0)


def test_without_a_relay_nothing_is_lost_and_the_setting_is_named(
    by_mail: Duban, monkeypatch: pytest.MonkeyPatch
) -> None:
    by_mail("tick", "--as-of", "2025-01-02")
    monkeypatch.delenv("DUBAN_SMTP_URL")

    ran = by_mail("deliver", "--json")

    assert (ran.code, ran.answer["pending"]) == (5, 4)
    assert by_mail("doctor").code == 1


def test_a_day_still_to_come_is_refused_once_real_channels_are_in_use(by_mail: Duban) -> None:
    ran = by_mail("tick", "--as-of", "2099-01-02")

    assert ran.code == 4
    assert "尚未到来" in ran.err


def test_killing_deliver_between_two_messages_loses_none_and_doubles_none(
    by_mail: Duban, smtp_sink: SmtpSink, tmp_path: Path
) -> None:
    by_mail("tick", "--as-of", "2025-01-02")
    smtp_sink.script({"MAIL": ["250", "250", "hang 60"]})
    sender = subprocess.Popen([Path(sys.executable).parent / "duban", "deliver"])
    while states(tmp_path) != {"sent": 2, "sending": 1, "pending": 1}:
        assert sender.poll() is None, "the sender ended before it could be killed"
    sender.send_signal(signal.SIGKILL)
    sender.wait()
    smtp_sink.script({})

    ran = by_mail("deliver", "--json")

    assert (ran.code, ran.answer["sent"]) == (0, 2)
    assert states(tmp_path) == {"sent": 4}
    ids = [attempt.mail["Message-ID"] for attempt in smtp_sink.accepted()]
    assert len(ids) == len(set(ids)) == 4


def states(folder: Path) -> dict[str, int]:
    """Count the outbox by state, from outside."""
    with sqlite3.connect(folder / "var" / "duban.db") as connection:
        return dict(connection.execute("SELECT state, count(*) FROM message GROUP BY state"))


def test_a_trial_of_the_import_says_so_and_imports_nobody(started: Duban, workbook: Write) -> None:
    (row, *_) = PEOPLE
    file = workbook([(*row[:4], "", "")])

    tried = started("contact", "import", file, "--dry-run")
    asked = started("contact", "import", file, "--dry-run", "--json")

    assert tried.out.startswith("试运行：已导入联系人 1 名")
    assert asked.answer["dry_run"] is True
    assert started("contact", "import", file, "--json").answer["people"] == 1

"""One quarter of the issued plan, lived through by its bureaus: all 63 items, on the command line.

Signing for, the round of 2024Q4, reports by workbook and by command, one late unit, one silent
unit, one report sent back, one extension, one close-out whose second pair of eyes refuses a
conflict of interest, the round frozen, and the record whole at the end.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from openpyxl import load_workbook

from services import accounts
from services.accounts import NewAccount
from services.office import Office, open_office
from services.plans import the_office, unit_named
from supervision.passwords import PasswordProfile
from supervision.vocabulary import Role
from tests.commands import Duban

OPENED, DUE, LATE, CLOSED = "2024-12-10", "2024-12-20", "2024-12-27", "2025-01-02"
BY_WORKBOOK, LATE_UNIT, SILENT_UNIT = "区城管局", "区住建局", "区卫健委"
STRONG = "Chang-Gong-2025"


class Town(NamedTuple):
    """The office and everybody in it: an account name for every unit that answers."""

    duban: Duban
    account_of: dict[str, str]

    def ok(self, *arguments: str) -> Any:  # noqa: ANN401 - whatever the command answers
        """Run a command that must come out, and give its JSON."""
        ran = self.duban(*arguments)
        assert ran.code == 0, ran.err
        return ran.answer if "--json" in arguments else ran.out

    def refused(self, *arguments: str) -> str:
        """Run a command that must be refused, and give the reason."""
        ran = self.duban(*arguments)
        assert ran.code in {2, 4}, ran.out
        return ran.err


@pytest.fixture
def town(started: Duban) -> Town:
    """The office on the issued plan, with an account for each unit and for each desk."""
    items = started("items", "--json").answer["items"]
    leads = list(dict.fromkeys(item["lead_unit"] for item in items))
    account_of = {unit: f"unit{number:02d}" for number, unit in enumerate(leads)}
    office = open_office()
    make = maker(office)
    make("root", Role.ADMINISTRATOR)
    for unit, name in account_of.items():
        make(name, Role.LIAISON, Role.HEAD, unit=unit)
    make("bgs", Role.OFFICE)
    make("dcs", Role.REVIEWER)
    make("fgld", Role.APPROVER)
    make("gxj2", Role.REVIEWER, unit="区工信局")
    return Town(started, account_of)


def maker(office: Office) -> Callable[..., None]:
    def make(name: str, *roles: Role, unit: str | None = None) -> None:
        with office.transaction() as session:
            unit_id = unit_named(session, the_office(session).id, unit) if unit else None
            accounts.add_account(
                session,
                NewAccount(
                    name=name,
                    full_name=name,
                    unit_id=unit_id,
                    roles=frozenset(roles),
                    password=STRONG,
                ),
                None if name == "root" else accounts.actor_named(session, "root"),
                profile=PasswordProfile.DENGBAO,
                today=office.today(),
                now=office.now(),
            )

    return make


def by_unit(town: Town) -> Iterator[tuple[str, str, str]]:
    """Give (code, unit, account) of every item not closed by the day reports are due."""
    for item in town.ok("items", "--as-of", DUE, "--json")["items"]:
        if item["state"] == "closed":
            continue
        yield item["code"], item["lead_unit"], town.account_of[item["lead_unit"]]


def test_a_quarter_from_signing_for_to_the_frozen_round(town: Town, tmp_path: Path) -> None:
    sign_for_everything(town)
    opened = town.ok("tick", "--as-of", OPENED, "--json")
    ask_for_more_time(town)
    close_one_item_out(town, tmp_path)
    report_by_workbook(town, tmp_path)
    report_by_command(town)
    send_one_report_back(town)
    report_late(town)
    town.ok("tick", "--as-of", CLOSED, "--json")
    frozen = town.ok("round", "snapshot", "2024Q4", "--json")
    change_afterwards(town)

    assert opened["rounds_opened"] == 1
    status = town.ok("round", "status", "2024Q4", "--as-of", CLOSED, "--json")
    units = {one["unit"]: one["count"] for one in status["units"]}
    assert len(frozen["items"]) == 63
    assert sum(one["owed"] for one in units.values()) == 62  # T08 was closed meanwhile
    assert units[SILENT_UNIT]["missing"] == 1
    assert units[LATE_UNIT]["late"] == units[LATE_UNIT]["owed"] == 5
    assert units[BY_WORKBOOK]["missing"] == units[BY_WORKBOOK]["late"] == 0
    assert town.ok("round", "snapshot", "2024Q4", "--json") == frozen
    overdue = town.ok("overdue", "--as-of", CLOSED, "--json")["items"]
    assert {"T08", "P04"} & {item["code"] for item in overdue} == set()
    assert town.ok("audit", "verify", "--json")["whole"] is True


def sign_for_everything(town: Town) -> None:
    for code, _, account in by_unit(town):
        town.ok("item", "acknowledge", code, "--as", account, "--as-of", "2024-12-02")
    states = {item["state"] for item in town.ok("items", "--as-of", OPENED, "--json")["items"]}
    assert states == {"in_progress"}
    again = town.refused("item", "acknowledge", "T08", "--as", town.account_of["区工信局"])
    assert "办理中" in again


def ask_for_more_time(town: Town) -> None:
    """P04 is due on the last day of 2024; its extension moves the date, never the original."""
    owner = town.account_of["江钨世泰科钨品有限公司"]
    words = ("--reason", "设备到货推迟", "--progress", "土建已完成")
    assert town.refused(
        "extension", "ask", "P04", "--as", owner, "--until", "2025-12-31", *words,
        "--as-of", "2024-12-16",
    )  # fmt: skip
    town.ok(
        "extension", "ask", "P04", "--as", owner, "--until", "2025-03-31", *words,
        "--as-of", "2024-12-16",
    )  # fmt: skip
    town.ok("extension", "review", "P04", "--as", "bgs", "--opinion", "情况属实",
            "--as-of", "2024-12-17")  # fmt: skip
    town.ok("extension", "decide", "P04", "--as", "fgld", "--reason", "同意延期",
            "--document", "章无废办〔2024〕3号", "--as-of", "2024-12-18")  # fmt: skip
    moved = next(i for i in town.ok("items", "--json")["items"] if i["code"] == "P04")
    assert moved["due_on"] == "2025-03-31"
    assert moved["deadline_text"] == "2024年"


def close_one_item_out(town: Town, folder: Path) -> None:
    """T08 is closed with evidence by a second person of no responsible unit."""
    owner = town.account_of["区工信局"]
    ask = ("close-out", "ask", "T08", "--as", owner, "--summary", "文件已印发")
    assert "佐证" in town.refused(*ask, "--as-of", "2024-12-18")
    (folder / "issued.pdf").write_bytes(b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n")
    town.ok("evidence", "add", "T08", "issued.pdf", "--kind", "issued_document", "--as", owner,
            "--as-of", "2024-12-18")  # fmt: skip
    town.ok(*ask, "--as-of", "2024-12-18")
    town.ok("close-out", "review", "T08", "--as", "bgs", "--opinion", "材料齐全",
            "--as-of", "2024-12-19")  # fmt: skip
    decide = ("close-out", "decide", "T08", "--grade", "good", "--as-of", "2024-12-20")
    assert "回避" in town.refused(*decide, "--as", "gxj2")
    assert town.refused(*decide, "--as", "bgs")
    town.ok(*decide, "--as", "dcs")
    closed = next(i for i in town.ok("items", "--json")["items"] if i["code"] == "T08")
    assert (closed["state"], closed["light"]) == ("closed", "grey")


def report_by_workbook(town: Town, folder: Path) -> None:
    town.ok("round", "workbook", "export", "--round", "2024Q4", "--unit", BY_WORKBOOK,
            "--out", "books", "--as-of", OPENED)  # fmt: skip
    (file,) = (folder / "books").glob("*.xlsx")
    book = load_workbook(file)
    sheet = book["填报"]
    headings, rows = headed(sheet)
    for row in rows:
        sheet.cell(row, headings["本季进展（必填）"], "按计划推进，已完成方案编制")
        sheet.cell(row, headings["累计进度%"], 60)
    book.save(file)
    account = town.account_of[BY_WORKBOOK]
    back = ("round", "workbook", "import", f"books/{file.name}", "--as", account, "--as-of", DUE)
    town.ok(*back, "--dry-run")
    assert status_of(town, BY_WORKBOOK)["reported"] == 0
    town.ok(*back)
    assert status_of(town, BY_WORKBOOK)["reported"] == len(rows) == 13
    town.ok(*back)
    assert status_of(town, BY_WORKBOOK)["reported"] == 13


def headed(sheet: Any) -> tuple[dict[str, int], list[int]]:  # noqa: ANN401 - openpyxl's own
    """Return the columns by heading and the rows that hold an item."""
    for row in sheet.iter_rows():
        names = {str(one.value).replace("\n", ""): one.column for one in row if one.value}
        if "本季进展（必填）" in names:
            below = range(row[0].row + 1, sheet.max_row + 1)
            return names, [at for at in below if sheet.cell(at, names["编号来源"]).value]
    raise AssertionError("no heading row")


def status_of(town: Town, unit: str) -> dict[str, Any]:
    status = town.ok("round", "status", "2024Q4", "--as-of", DUE, "--json")
    counts: dict[str, Any] = next(one["count"] for one in status["units"] if one["unit"] == unit)
    return counts


def report_by_command(town: Town) -> None:
    others = {BY_WORKBOOK, LATE_UNIT, SILENT_UNIT}
    for code, unit, account in list(by_unit(town)):
        if unit not in others:
            hand_in(town, code, account, DUE)


def hand_in(town: Town, code: str, account: str, day: str, text: str = "按计划推进") -> None:
    town.ok("report", "hand-in", code, "--as", account, "--round", "2024Q4", "--progress", text,
            "--percent", "50", "--as-of", day)  # fmt: skip


def send_one_report_back(town: Town) -> None:
    """An empty phrase is sent back with a reason, told again, and accepted."""
    account = town.account_of["区农业农村局"]
    town.ok("report", "send-back", "T22", "--as", "bgs", "--round", "2024Q4",
            "--reason", "没有写明完成了什么", "--as-of", "2024-12-23")  # fmt: skip
    assert status_of(town, "区农业农村局")["sent_back"] == 1
    hand_in(town, "T22", account, "2024-12-24", "已起草实施意见并征求三镇意见")
    town.ok("report", "accept", "T22", "--as", "bgs", "--round", "2024Q4",
            "--as-of", "2024-12-24")  # fmt: skip
    assert "牵头单位" in town.refused(
        "report", "hand-in", "T22", "--as", town.account_of["区工信局"], "--round", "2024Q4",
        "--progress", "代报", "--as-of", "2024-12-24",
    )  # fmt: skip


def report_late(town: Town) -> None:
    for code, unit, account in list(by_unit(town)):
        if unit == LATE_UNIT:
            hand_in(town, code, account, LATE)


def change_afterwards(town: Town) -> None:
    """Nothing that happens to an item later may touch the frozen round."""
    town.ok("item", "suspend", "T30", "--as", "bgs", "--reason", "上级政策调整",
            "--review-on", "2025-06-30", "--as-of", "2025-01-06")  # fmt: skip
    assert town.refused(
        "report", "hand-in", "T21", "--as", town.account_of[SILENT_UNIT], "--round", "2024Q4",
        "--progress", "补报", "--as-of", "2025-01-06",
    )  # fmt: skip

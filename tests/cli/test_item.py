"""One item on the command line, from its acknowledgement to its sheet (the issued plan, SQLite)."""

from pathlib import Path

import pytest

from tests.commands import Duban

ACCOUNTS = (
    ("admin", "张三", "administrator", ""),
    ("head", "李四", "head", "章贡生态环境局"),
    ("desk", "周五", "office", ""),
    ("inside", "孙六", "reviewer", "章贡生态环境局"),
    ("boss", "吴七", "approver", ""),
    ("visitor", "郑八", "supervisor", ""),
)
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n"


@pytest.fixture
def manned(started: Duban) -> Duban:
    """`duban` in an office whose people have their accounts."""
    for name, full_name, role, unit in ACCOUNTS:
        by = () if name == "admin" else ("--as", "admin")
        of = ("--unit", unit) if unit else ()
        ran = started("user", "add", name, "--name", full_name, "--role", role, *of, *by)
        assert ran.code == 0, ran.err
    return started


def test_an_item_goes_from_its_acknowledgement_to_its_sheet(manned: Duban, tmp_path: Path) -> None:
    (tmp_path / "办法.pdf").write_bytes(PDF)
    asked = ("close-out", "ask", "T07", "--summary", "已印发", "--as", "head")
    steps = (
        ("item", "acknowledge", "T07", "--as", "head", "--as-of", "2024-03-05"),
        ("evidence", "add", "T07", "办法.pdf", "--kind", "issued_document", "--as", "head"),
        (*asked, "--as-of", "2024-12-20"),
        ("close-out", "review", "T07", "--opinion", "齐全", "--as", "desk"),
    )
    for step in steps:
        ran = manned(*step)
        assert ran.code == 0, ran.err

    insider = manned("close-out", "decide", "T07", "--grade", "good", "--as", "inside")
    decided = manned("close-out", "decide", "t07", "--grade", "良好", "--as", "boss")

    assert insider.code == 4
    assert "须回避" in insider.err
    assert decided.out == "T07 已销号（良好）。\n"
    sheet = manned("close-out", "sheet", "T07", "--out", "单", "--json").answer
    assert Path(sheet["file"]).stat().st_size > 10_000
    shown = manned("item", "show", "T07", "--json").answer
    assert shown["schema"] == "duban.item/1"
    assert shown["item"]["state"] == "closed"
    assert [line["label"] for line in shown["timeline"]][2:] == [
        "签收", "上传佐证", "申请销号", "初审销号", "销号",
    ]  # fmt: skip
    assert manned("close-out", "list", "--decision", "approved", "--json").answer["total"] == 1
    assert "T07 制定工业固体废物" in manned("item", "show", "T07").out


def test_a_file_is_taken_once_and_found_when_it_is_changed(manned: Duban, tmp_path: Path) -> None:
    (tmp_path / "照片.pdf").write_bytes(PDF)
    add = ("evidence", "add", "T07", "照片.pdf", "--kind", "photo", "--as", "head", "--json")

    news = [manned(*add).answer["evidence"]["is_new"] for _ in range(2)]
    listed = manned("evidence", "list", "T07", "--json").answer["evidence"]
    whole = manned("evidence", "verify").code
    (tmp_path / "var" / "evidence" / listed[0]["stored_as"]).write_bytes(b"changed")
    harmed = manned("evidence", "verify", "--json")

    assert news == [True, False]
    assert (listed[0]["name"], listed[0]["media_type"]) == ("照片.pdf", "application/pdf")
    assert whole == 0
    assert (harmed.code, harmed.answer["faults"][0]["what"]) == (3, "内容被改动")


def test_what_nobody_may_bring_takes_no_room(manned: Duban, tmp_path: Path) -> None:
    (tmp_path / "程序.pdf").write_bytes(b"MZ\x90\x00" + bytes(100))

    stranger = manned("evidence", "add", "T07", "程序.pdf", "--kind", "photo", "--as", "desk")
    program = manned("evidence", "add", "T07", "程序.pdf", "--kind", "photo", "--as", "head")
    nothing = manned("evidence", "add", "T07", "没有.pdf", "--kind", "photo", "--as", "head")

    assert (stranger.code, program.code, nothing.code) == (4, 2, 2)
    assert "可由牵头单位的" in stranger.err
    assert "认不出" in program.err
    assert not (tmp_path / "var" / "evidence").exists()


def test_an_extension_is_asked_reviewed_and_granted(manned: Duban) -> None:
    ask = ("extension", "ask", "T07", "--reason", "办法未出台", "--progress", "已有初稿")
    steps = (
        (*ask, "--until", "2025-03-31", "--as", "head", "--as-of", "2024-12-20"),
        ("extension", "review", "T07", "--opinion", "属实", "--as", "desk",
         "--as-of", "2024-12-23"),
        ("extension", "decide", "T07", "--document", "章无废办〔2024〕9号", "--as", "boss",
         "--as-of", "2024-12-24"),
    )  # fmt: skip
    for step in steps:
        assert manned(*step).code == 0

    (row,) = manned("extension", "list", "--decision", "approved", "--json").answer["extensions"]
    overdue = manned("overdue", "--as-of", "2025-01-02", "--json").answer["items"]

    assert (row["code"], row["due_on_before"], row["new_due_on"]) == (
        "T07", "2024-12-31", "2025-03-31",
    )  # fmt: skip
    assert "T07" not in {item["code"] for item in overdue}
    before = manned("items", "--as-of", "2024-12-23", "--json").answer["items"]
    assert [item["due_on"] for item in before if item["code"] == "T07"] == ["2024-12-31"]


def test_a_suspended_item_stands_on_the_list_on_its_review_day(manned: Duban) -> None:
    suspend = ("item", "suspend", "T14", "--reason", "政策调整", "--as", "desk")

    refused = manned(*suspend)
    done = manned(*suspend, "--review-on", "2025-03-03", "--as-of", "2024-12-02", "--json")

    assert (refused.code, done.answer["state"]) == (2, "suspended")
    assert "缺少复核日期" in refused.err
    for day, total in (("2025-03-02", 0), ("2025-03-03", 1)):
        assert manned("item", "due-reviews", "--as-of", day, "--json").answer["total"] == total


def test_lists_of_the_office_are_narrowed_to_one_plan(manned: Duban) -> None:
    catalogue = Path(__file__).resolve().parents[2] / "tasks_catalog/plans/zhanggong/catalogue.yaml"
    ran = manned(
        "plan", "import", str(catalogue), "--plan", "other", "--baseline", "2024-03-03",
        "--accept-findings", "--as", "desk",
    )  # fmt: skip
    assert ran.code == 0, ran.err
    of = ("--plan", "zhanggong")
    suspend = ("item", "suspend", "T14", "--reason", "政策调整", "--review-on", "2025-03-03")
    manned(*suspend, "--as-of", "2024-12-02", "--as", "desk", *of)
    manned("item", "dispute", "T07", "--reason", "不属本单位职责", "--as", "head", *of)

    def total(*command: str) -> int:
        return int(manned("item", *command, "--json").answer["total"])

    for named, found in ((), 1), (of, 1), (("--plan", "other"), 0):
        assert total("due-reviews", "--as-of", "2025-03-03", *named) == found
        assert total("disputes", *named) == found


def test_events_that_are_no_moves_are_typed_too(manned: Duban) -> None:
    number = "章无废办〔2024〕4号"
    steps = (
        ("item", "dispute", "T16", "--reason", "不属本单位职责", "--as", "head"),
        ("item", "answer", "T16", "--reason", "仍由贵单位牵头", "--as", "desk"),
        ("item", "conclude", "T05", "--reason", "公布两批", "--as", "head",
         "--as-of", "2024-12-10"),
        ("item", "merge", "T15", "--into", "T16", "--reason", "重复", "--document", number,
         "--as", "boss"),
        ("item", "archive", "T15", "--as", "desk"),
    )  # fmt: skip

    waiting = []
    for step in steps:
        assert manned(*step).code == 0
        waiting.append(manned("item", "disputes", "--json").answer["total"])

    assert waiting == [1, 0, 0, 0, 0]
    shown = manned("item", "show", "T15").out
    assert "合并（T16）" in shown
    assert "归档" in shown


def test_a_dispute_is_answered_by_giving_the_item_to_another_lead(manned: Duban) -> None:
    answer = ("item", "answer", "T07", "--reason", "属住建职责", "--as", "desk")
    manned("item", "dispute", "T07", "--reason", "不属本单位职责", "--as", "head")

    nobody = manned(*answer, "--support", "区城管局")
    tried = manned(*answer, "--lead", "区住建局", "--dry-run")
    given = manned(*answer, "--lead", "区住建局", "--json")
    again = manned(*answer, "--lead", "区住建局", "--json")

    assert (nobody.code, tried.out.startswith("试运行：T07")) == (2, True)
    assert [one.answer["is_new"] for one in (given, again)] == [True, False]
    (lead,) = (
        unit for unit in manned("item", "show", "T07", "--json").answer["units"]
        if unit["relation"] == "lead"
    )  # fmt: skip
    assert (lead["name"], lead["is_inferred"]) == ("区住建局", False)
    assert "改派（区住建局）" in manned("item", "show", "T07").out


def test_meetings_and_inspections_are_typed_and_listed(manned: Duban) -> None:
    meeting = (
        "meeting", "add", "--kind", "push", "--on", "2024-06-12", "--subject", "推进会",
        "--present", "区工信局", "--absent", "区住建局", "--item", "T07", "--as", "desk",
    )  # fmt: skip
    visit = (
        "inspection", "add", "T07", "--on", "2024-07-02", "--by", "区政府督查室",
        "--findings", "进度偏慢", "--put-right-by", "2024-08-01", "--as", "visitor",
    )  # fmt: skip

    told = [manned(*command).out for command in (meeting, meeting, visit)]
    manned("inspection", "put-right", "T07", "--as", "visitor", "--as-of", "2024-07-20")

    assert told[:2] == [
        "推进会（2024-06-12）已登记。\n",
        "推进会（2024-06-12）登记过，未作改动。\n",
    ]
    (held,) = manned("meeting", "list", "--json").answer["meetings"]
    assert held["attendance"] == {"区工信局": "present", "区住建局": "absent"}
    listing = ("inspection", "list", "--unit", "章贡生态环境局", "--json")
    (seen,) = manned(*listing).answer["inspections"]
    assert (seen["code"], seen["put_right_on"]) == ("T07", "2024-07-20")
    assert "推进会" in manned("meeting", "list").out


def test_a_word_outside_the_list_is_answered_with_the_list(manned: Duban) -> None:
    ran = manned("close-out", "decide", "T07", "--grade", "great", "--as", "boss")

    assert ran.code == 2
    assert "excellent 优秀" in ran.err
    assert manned("close-out", "decide", "T07", "--as", "boss").code == 2

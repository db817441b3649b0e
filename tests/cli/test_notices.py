"""`duban notice` and `duban circular` typed by people: what is printed, written and refused."""

import json
from pathlib import Path
from zipfile import ZipFile

import pytest
from docx import Document

from tests.commands import Duban

DAY = "2025-01-02"


@pytest.fixture
def staffed(started: Duban) -> Duban:
    """Give the bundled plan with its first drafts, the reminders sent, and people to act."""
    assert started("tick", "--as-of", DAY).code == 0
    assert started("deliver").code == 0
    people = (
        ("admin", "administrator"),
        ("lisi", "office"),
        ("wangqz", "approver"),
        ("gxj", "head", "--unit", "区工信局"),
    )
    for name, role, *more in people:
        by = () if name == "admin" else ("--as", "admin")
        assert started("user", "add", name, "--name", name, "--role", role, *more, *by).code == 0
    return started


def act(duban: Duban, verb: str, *words: str, who: str = "lisi") -> None:
    ran = duban("notice", verb, *words, "--as", who, "--as-of", DAY)
    assert ran.code == 0, ran.err


def test_drafts_are_listed_as_the_papers_they_will_be(staffed: Duban) -> None:
    answer = staffed("notice", "list", "--as-of", DAY, "--json").answer

    assert answer["schema"] == "duban.notices/1"
    assert (answer["total"], answer["matters"]) == (6, 8)
    by_unit = {notice["unit"]: notice for notice in answer["notices"]}
    assert [item["code"] for item in by_unit["章贡生态环境局"]["items"]] == ["T07", "T15"]
    assert by_unit["章贡生态环境局"]["form"] == "letter"  # a branch: the office is not over it
    assert by_unit["区工信局"]["form"] == "supervision"
    company = by_unit["江钨世泰科钨品有限公司"]
    assert company["remark"] == "该企业尚无督导单位，印发前须指定。"


@pytest.mark.parametrize(
    ("narrowed", "codes"),
    [
        pytest.param(("--unit", "区工信局"), ["T08"], id="by unit"),
        pytest.param(("--rung", "blue"), ["P04", "P18", "T02", "T04", "T07", "T08"], id="by rung"),
        pytest.param(("--rung", "yellow"), [], id="a rung nobody is on"),
        pytest.param(("--light", "green"), [], id="by light"),
        pytest.param(("--min-days", "200"), ["T02", "T04"], id="by age"),
        pytest.param(("--state", "issued"), [], id="by state"),
    ],
)
def test_a_list_is_narrowed(staffed: Duban, narrowed: tuple[str, ...], codes: list[str]) -> None:
    answer = staffed("notice", "list", *narrowed, "--as-of", DAY, "--json").answer

    assert sorted(notice["reference"] for notice in answer["notices"]) == codes


def test_a_notice_goes_its_way_by_hand(staffed: Duban) -> None:
    act(staffed, "sign", "T08", who="wangqz")
    tried = staffed("notice", "issue", "T08", "--as", "lisi", "--as-of", DAY, "--dry-run", "--json")
    assert tried.answer["notice"]["number"] == "章无废办督〔2025〕1号"
    assert tried.answer["dry_run"] is True
    act(staffed, "issue", "T08")
    act(staffed, "deliver", "2025-1", "--how", "专人送达，李四收")
    act(staffed, "acknowledge", "2025-1", who="gxj")
    act(staffed, "answer", "T08", "--text", "在办", "--reason", "晚", "--promise", "2025-02-14",
        who="gxj")  # fmt: skip
    act(staffed, "review", "章无废办督〔2025〕1号")

    shown = staffed("notice", "show", "2025-1", "--as-of", DAY, "--json").answer["notice"]

    assert (shown["state"], shown["reply_due_on"]) == ("acknowledged", "2025-01-16")
    (item,) = shown["items"]
    assert (item["state"], item["answer"]["decision"]) == ("accepted", "approved")
    assert item["answer"]["promised_on"] == "2025-02-14"


@pytest.mark.parametrize(
    ("words", "who", "code", "says"),
    [
        pytest.param(("sign", "T08"), "lisi", 4, "签发人", id="not an approver"),
        pytest.param(("issue", "T08"), "lisi", 2, "没有文号", id="not signed"),
        pytest.param(("sign", "T99"), "wangqz", 2, "没有待签发", id="no such item"),
        pytest.param(("void", "T08", "--reason", "错"), "wangqz", 2, "没有文号", id="nothing yet"),
        pytest.param(("draft", "T08", "--reason", "急"), "lisi", 2, "现为“草稿”", id="a draft is"),
    ],
)
def test_what_may_not_be_is_refused_with_its_exit_code(
    staffed: Duban, words: tuple[str, ...], who: str, code: int, says: str
) -> None:
    ran = staffed("notice", *words, "--as", who, "--as-of", DAY)

    assert ran.code == code
    assert says in ran.err


def test_a_company_without_a_sponsor_exits_4(staffed: Duban) -> None:
    act(staffed, "sign", "P04", who="wangqz")

    ran = staffed("notice", "issue", "P04", "--as", "lisi", "--as-of", DAY)

    assert (ran.code, "没有督导单位" in ran.err) == (4, True)
    assert "P04" in staffed("doctor", "--json").out


def test_pulling_writes_issued_papers_as_kept_and_drafts_marked(staffed: Duban) -> None:
    act(staffed, "sign", "T08", who="wangqz")
    act(staffed, "issue", "T08")

    answer = staffed("notice", "pull", "--as-of", DAY, "--out", "调阅", "--json").answer

    files = sorted(path.name for path in Path("调阅").iterdir())
    assert files == sorted(answer["files"])
    assert (answer["total"], answer["matters"]) == (6, 8)
    issued = next(name for name in files if name.startswith("章无废办督〔2025〕1号"))
    kept = next(path for path in Path("var/papers").rglob("*") if path.is_file())
    assert (Path("调阅") / issued).read_bytes() == kept.read_bytes()
    drafts = [name for name in files if name.startswith("草稿")]
    assert len(drafts) == 5
    for name in drafts:
        text = "".join(line.text for line in Document(str(Path("调阅") / name)).paragraphs)
        assert "章无废办督〔2025〕" not in text
    rows = (Path("调阅") / "督办通知清单.csv").read_text("utf-8-sig").splitlines()
    assert len(rows) == 1 + answer["matters"]


def test_a_bundle_holds_the_same_files(staffed: Duban) -> None:
    answer = staffed("notice", "pull", "--unit", "区工信局", "--as-of", DAY, "--zip", "督办.zip",
                     "--json").answer  # fmt: skip

    with ZipFile("督办.zip") as bundle:
        assert bundle.namelist() == answer["files"]
    assert [notice["reference"] for notice in answer["notices"]] == ["T08"]


def test_nothing_to_pull_is_said(staffed: Duban) -> None:
    ran = staffed("notice", "pull", "--rung", "red", "--as-of", DAY)

    assert (ran.code, ran.err.startswith("错误：没有符合条件的督办通知")) == (2, True)


def test_a_preview_is_written_and_kept_nowhere(staffed: Duban) -> None:
    ran = staffed("notice", "preview", "T02", "--out", "看", "--as-of", DAY)

    assert ran.code == 0
    (file,) = Path("看").iterdir()
    assert file.name.startswith("草稿")
    assert not [path for path in Path("var/papers").rglob("*") if path.is_file()]


def test_a_circular_is_signed_and_published_from_the_command_line(staffed: Duban) -> None:
    for day in ("2025-03-10", "2025-04-01"):
        assert staffed("tick", "--as-of", day).code == 0
    (drafted,) = staffed("circular", "list", "--json").answer["circulars"]
    assert (drafted["state"], drafted["period"]) == ("draft", "2025Q1")
    refused = staffed("circular", "publish", "--as", "lisi", "--as-of", "2025-04-02")
    assert (refused.code, "草稿" in refused.err) == (2, True)

    assert staffed("circular", "sign", "--as", "wangqz", "--as-of", "2025-04-02").code == 0
    ran = staffed("circular", "publish", "--as", "lisi", "--as-of", "2025-04-02", "--json")

    answer = json.loads(ran.out)
    assert answer["circular"]["number"] == "章无废办通〔2025〕1号"
    assert answer["units"] == 14  # that lead an item; companies without a sponsor: the office
    assert staffed("circular", "show", "--out", "通报").code == 0
    (file,) = Path("通报").iterdir()
    assert file.name == "章无废办通〔2025〕1号 2025年第一季度督查通报.docx"

"""A notice from draft to accepted answer in the browser, and who is shown what on the way."""

import re
from collections.abc import Callable
from io import BytesIO
from zipfile import ZipFile

import pytest

from services.notice_desk import PARTS, counts, papers
from services.office import Office
from supervision.vocabulary import NoticeState, Role, Rung
from tests.builders import FINANCE
from tests.noticing import FIRST, HOUSING, Ladder
from tests.noticing import ladder as ladder  # noqa: PLC0414 - a fixture
from tests.portal.browser import Browser

SignedIn = Callable[..., Browser]
PAPER = re.compile(r'href="(/notices/[0-9a-f-]{36})"')
S = NoticeState


@pytest.fixture
def reporting(ladder: Ladder) -> Office:
    """Give the office on the first day on which notices are drafted, its reminders sent."""
    ladder.on(FIRST)
    return ladder.office


def paper_in(browser: Browser, state: NoticeState, naming: str = "") -> str:
    """Return the address of the first paper of a part of the list that names something."""
    browser.get(f"/notices?state={state.value}")
    rows = browser.page.split("<tr>")
    found = (match for row in rows if naming in row for match in PAPER.finditer(row))
    return next(found)[1]


def test_a_notice_goes_from_draft_to_accepted_answer(signed_in: SignedIn, ladder: Ladder) -> None:
    boss = signed_in(Role.APPROVER, unit=None)
    desk = signed_in(Role.OFFICE, unit=None)
    head = signed_in(Role.HEAD)
    path = paper_in(boss, S.DRAFT, FINANCE)
    boss.get(path)
    boss.submit(f"{path}/sign")
    assert "已签发，待办公室编号印发" in boss.page
    desk.get(path)
    desk.submit(f"{path}/issue")
    assert "章无废办督〔2025〕1号" in desk.page
    desk.submit(f"{path}/deliver", how="专人送达，李四收")
    head.get("/received")
    assert PAPER.findall(head.page) == [path]
    head.get(path)
    head.submit(f"{path}/acknowledge")
    head.submit(f"{path}/answer", body="完成九成", reasons="设备到货晚", promised_on="2025-02-28")
    assert "已答复2项，待审核" in head.page
    desk.get(path)

    desk.submit(f"{path}/review", decision="accept", opinion="属实")

    assert "已采纳2项答复" in desk.page
    assert ladder.stands("T01") == ladder.stands("T02") == [(Rung.BLUE, S.ACCEPTED)]


def test_an_answer_that_is_sent_back_needs_a_reason(signed_in: SignedIn, ladder: Ladder) -> None:
    ladder.send("T03")
    ladder.acknowledge("T03", HOUSING)
    ladder.answer("T03", HOUSING)
    desk = signed_in(Role.OFFICE, unit=None)
    path = paper_in(desk, S.ANSWERED)
    desk.get(path)

    desk.submit(f"{path}/review", decision="return", opinion="")

    assert "请填写退回理由" in desk.page
    desk.submit(f"{path}/review", decision="return", opinion="没有说明原因")
    assert ladder.stands("T03") == [(Rung.BLUE, S.ACKNOWLEDGED)]


def test_what_keeps_a_notice_from_being_signed_is_told_on_its_page(
    signed_in: SignedIn, ladder: Ladder
) -> None:
    boss = signed_in(Role.APPROVER, unit=None)
    path = paper_in(boss, S.DRAFT, HOUSING)
    boss.get(path)
    key = boss.form(f"{path}/sign")
    ladder.sign("T03")

    answer = boss.post(f"{path}/sign", key)

    assert answer.status_code == 422
    assert "已经签发" in boss.page
    assert ladder.stands("T03") == [(Rung.BLUE, S.SIGNED)]


def test_a_signature_is_taken_back_and_an_issued_paper_voided(
    signed_in: SignedIn, ladder: Ladder
) -> None:
    ladder.sign("T03")
    boss = signed_in(Role.APPROVER, unit=None)
    path = paper_in(boss, S.SIGNED)
    boss.get(path)
    boss.submit(f"{path}/void", reason="主送单位有误")
    assert "退为草稿" in boss.page
    ladder.send("T03")
    boss.get(path)

    boss.submit(f"{path}/void", reason="内容有误")

    assert "已作废，文号保留" in boss.page
    assert ladder.stands("T03") == [(Rung.BLUE, S.VOIDED)]


def test_no_unit_sees_a_draft_or_the_paper_of_another(signed_in: SignedIn, ladder: Ladder) -> None:
    desk = signed_in(Role.OFFICE, unit=None)
    own = paper_in(desk, S.DRAFT, FINANCE)
    other = paper_in(desk, S.DRAFT, HOUSING)
    head = signed_in(Role.HEAD)
    assert head.get(own).status_code == 404

    ladder.send("T01")
    ladder.send("T03")

    assert head.get(own).status_code == 200
    assert head.get(other).status_code == 404
    assert head.get(f"{other}/file").status_code == 404


def test_the_number_of_each_part_is_the_number_of_its_papers(
    reporting: Office, ladder: Ladder
) -> None:
    ladder.send("T01")
    ladder.answer("T01")

    with reporting.reading() as session:
        found = {state: len(papers(session, state, page=1).lines) for state in counts(session)}

        assert found == counts(session)
    assert {state for state, number in found.items() if number} == {
        S.DRAFT,
        S.DELIVERED,
        S.ANSWERED,
    }
    assert len(PARTS) == len(found)


def test_the_page_says_what_the_paper_says(signed_in: SignedIn) -> None:
    boss = signed_in(Role.APPROVER, unit=None)
    path = paper_in(boss, S.DRAFT, FINANCE)

    boss.get(path)

    for said in (
        "（草稿，签发后编号）",
        f"{FINANCE}：",
        "T01的事项",
        "10个工作日",
        "的蓝色督办通知",
    ):
        assert said in boss.page


@pytest.mark.parametrize(
    ("by", "files"),
    [pytest.param("unit", 2, id="by unit"), pytest.param("matter", 3, id="one for each matter")],
)
def test_pulled_papers_come_put_together_as_asked(signed_in: SignedIn, by: str, files: int) -> None:
    watcher = signed_in(Role.SUPERVISOR, unit=None)
    watcher.get(f"/notices/pull?by={by}")
    assert f"符合条件的通知 {files} 份" in watcher.page

    answer = watcher.get(f"/notices/pull/file?by={by}")

    names = ZipFile(BytesIO(answer.content)).namelist()
    assert len([name for name in names if name.endswith(".docx")]) == files
    assert {"督办通知清单.xlsx", "督办通知清单.csv"} <= set(names)


def test_only_the_papers_chosen_are_pulled(signed_in: SignedIn) -> None:
    watcher = signed_in(Role.SUPERVISOR, unit=None)
    path = paper_in(watcher, S.DRAFT, HOUSING)

    answer = watcher.get(f"/notices/pull/file?only={path.rsplit('/', 1)[1]}")

    names = ZipFile(BytesIO(answer.content)).namelist()
    assert [name for name in names if name.endswith(".docx")] == [
        f"草稿 {HOUSING} T03 蓝色督办通知.docx"
    ]


def test_a_filter_that_nothing_fits_is_told(signed_in: SignedIn) -> None:
    watcher = signed_in(Role.SUPERVISOR, unit=None)

    watcher.get("/notices/pull?days=999")

    assert "没有符合条件的督办通知" in watcher.page

"""导入向导: the issued plan from upload to adoption, settled by two people who come back to it."""

import re
from pathlib import Path

import pytest
from sqlmodel import Session, col, func, select
from starlette.types import ASGIApp

from db import lives, plans
from db.dossiers import units_of
from db.plan_draft_tables import PlanDraft
from db.plan_tables import Plan
from db.record_tables import Act, Event, Message
from portal.app import served
from services.office import Office
from supervision.vocabulary import ItemState, PlanDraftState, Role
from tests.people import is_record_whole
from tests.portal.browser import Browser
from tests.portal.conftest import give_account, sign_in

PLAN = Path(__file__).resolve().parents[2] / "tasks_catalog/plans/zhanggong/plan.txt"
BOX = re.compile(r'<input type="checkbox" id="(finding-\d+)"')
WAITING = re.compile(r"还有 ?(\d+) ?处待处理")
HISTORIC = ("T01", "T06", "T32", "T39", "P06")
OFFICER, COLLEAGUE = "diaoduyuan", "tongshi"


@pytest.fixture
def site(zhanggong: Office) -> ASGIApp:
    for name in (OFFICER, COLLEAGUE):
        give_account(zhanggong, name, Role.OFFICE)
    return served(zhanggong)


def entered(site: ASGIApp, name: str) -> Browser:
    browser = Browser(site)
    sign_in(browser, name)
    return browser


def upload(browser: Browser, name: str, data: bytes, **typed: str) -> str:
    """Upload a document and return the address of its draft; the page stays in the browser."""
    browser.get("/plans/drafts")
    answer = browser.submit("/plans/drafts", follow=False, file=(name, data), **typed)
    return str(answer.headers.get("location", ""))


def waiting(browser: Browser, base: str) -> int:
    found = WAITING.search(browser.get(base).text)
    return int(found[1]) if found else 0


def settle_all(browser: Browser, base: str) -> None:
    while boxes := BOX.findall(browser.get(f"{base}/findings").text):
        forms = browser.form(f"{base}/findings")
        ticked = {name: value for name, value in forms.items() if name not in boxes}
        ticked |= dict.fromkeys(boxes, "1")
        ticked |= {"ruling": "noted", "why": "已与责任单位核实，以清单为准"}
        browser.post(f"{base}/findings", ticked)


def told(session: Session) -> tuple[int, int]:
    """Return how many messages and how many acts to be told there are."""
    return (
        session.exec(select(func.count()).select_from(Message)).one(),
        session.exec(select(func.count()).select_from(Act)).one(),
    )


def test_the_issued_plan_is_settled_by_two_people_and_adopted_without_a_message(
    site: ASGIApp, zhanggong: Office
) -> None:
    officer = entered(site, OFFICER)
    base = upload(officer, "方案.txt", PLAN.read_bytes(), code="again", baseline="2024-03-03")
    at_first = waiting(officer, base)
    colleague = entered(site, COLLEAGUE)  # another day, another browser

    assert base in colleague.get("/plans/drafts").text
    assert at_first > 0
    assert correct_t04(colleague, base)
    assert waiting(colleague, base) == at_first - 1
    colleague.get(base)
    refused = colleague.post(f"{base}/adopt", marks(colleague, base))
    assert refused.status_code == 422
    assert f"还有{at_first - 1}处待处理" in refused.text
    settle_all(colleague, base)
    rule_historic(colleague, base)
    summary = colleague.get(f"{base}/summary").text
    lines = [int(number) for number in re.findall(r'class="figure">(\d+)<', summary)]
    assert sum(lines[:-1]) == lines[-1] > 0
    with zhanggong.reading() as session:
        before = told(session)

    done = colleague.submit(f"{base}/adopt")

    assert "已立项63项，其中基线待核5项。没有发送任何消息。" in done.text
    assert_adopted(zhanggong, before)


def marks(browser: Browser, base: str) -> dict[str, str]:
    """Return what a form of the page carries, whichever act it is sent to."""
    return browser.form(f"{base}/drop")


def correct_t04(browser: Browser, base: str) -> bool:
    """Give T04 to another unit, and settle the finding about its units with that."""
    page = browser.get(f"{base}/items/T04").text
    (box,) = BOX.findall(page)[:1]
    form = browser.form(f"{base}/items/T04")
    assert "制定章贡区“无废城市”建设宣传工作方案" in page
    assert "本处原文" in page
    typed = {name: value for name, value in form.items() if not name.startswith("finding-")}
    typed.pop("with_new_units")
    nothing = browser.post(f"{base}/items/T04", typed | {"why": "看过"})
    assert "没有改动任何一栏" in nothing.text
    wrong = typed | {"lead_units": "区文广新旅居", "why": "按职责"}
    assert "是不是：区文广新旅局" in browser.post(f"{base}/items/T04", wrong).text
    right = typed | {"lead_units": "区文广新旅局", "supporting_units": "", box: "1"}
    kept = browser.post(f"{base}/items/T04", right | {"why": "领导小组会议议定"}).text
    return "已改由其他单位：T04 领导小组会议议定（tongshi，2024-03-03）" in kept


def rule_historic(browser: Browser, base: str) -> None:
    """Say that T01 is done, and that the four others start afresh."""
    page = browser.get(f"{base}/historic").text
    assert set(re.findall(r'name="item-(\w+)"', page)) == set(HISTORIC)
    form = browser.form(f"{base}/historic")
    plain = {name: value for name, value in form.items() if not name.startswith("item-")}
    done = plain | {"item-T01": "1", "how": "done", "why": "章府办字〔2024〕3号已印发"}
    browser.post(f"{base}/historic", done)
    others = {f"item-{code}": "1" for code in HISTORIC[1:]}
    browser.get(f"{base}/historic")
    fresh = browser.form(f"{base}/historic")["form_key"]
    afresh = {"form_key": fresh, "how": "afresh", "why": "尚未完成，从立项之日重新起算"}
    browser.post(f"{base}/historic", plain | others | afresh)


def assert_adopted(office: Office, before: tuple[int, int]) -> None:
    with office.reading() as session:
        draft = session.exec(select(PlanDraft)).one()
        plan = session.exec(select(Plan).where(Plan.code == "again")).one()
        (edition,) = plans.editions_of(session, plan.id)
        historic = {code: lives.by_code(session, plan.id, code) for code in HISTORIC}
        t04 = lives.by_code(session, plan.id, "T04")
        by_act = dict(
            session.exec(
                select(Event.act, func.count()).where(
                    col(Event.about_id) == draft.id, col(Event.actor).in_([OFFICER, COLLEAGUE])
                ).group_by(Event.act)
            ).all()
        )  # fmt: skip
        assert (draft.state, draft.ended_by) == (PlanDraftState.ADOPTED, COLLEAGUE)
        assert told(session) == before
        assert {code for code, item in historic.items() if item and item.historic} == {"T01"}
        assert t04 is not None
        assert t04.state is ItemState.ASSIGNED
        assert [unit.name for unit in units_of(session, t04.id)] == ["区文广新旅局"]
        assert edition.settled["owners.differ:T04"].startswith("已改由其他单位")
        assert by_act["take_in_document"] == by_act["correct_item"] == by_act["adopt_plan"] == 1
        assert by_act["settle_findings"] >= 3
        assert by_act["rule_historic"] == 2
    assert is_record_whole(office)


def test_an_edition_shows_what_differs_and_a_given_up_draft_is_no_plan(
    site: ASGIApp, zhanggong: Office
) -> None:
    officer = entered(site, OFFICER)
    text = PLAN.read_text("utf-8").replace("推动绿色矿山建设", "推动绿色矿山建设提质")
    base = upload(officer, "修订.txt", text.encode(), code="zhanggong")

    summary = officer.get(f"{base}/summary").text
    assert "有改动 1 项" in summary
    assert "推动绿色矿山建设提质" in summary
    assert officer.get(f"{base}/file").content == text.encode()
    assert upload(officer, "修订.txt", text.encode(), code="zhanggong") == base
    officer.get(base)
    assert "请填写放弃的理由" in officer.submit(f"{base}/drop", reason="").text
    officer.submit(f"{base}/drop", reason="传错了文件")

    assert "不能再改" in officer.get(base).text
    with zhanggong.reading() as session:
        assert session.exec(select(func.count()).select_from(Plan)).one() == 1
        assert session.exec(select(PlanDraft.state)).one() is PlanDraftState.DROPPED


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        pytest.param("方案.docx", b"PK\x03\x04" + b"\0" * 64, "方案.docx", id="broken"),
        pytest.param("方案.docm", b"PK", "带宏", id="with macros"),
        pytest.param("方案.txt", "今天天气很好。".encode(), "没有找到任务", id="no plan"),
        pytest.param("方案.txt", b"", "请选择计划文件|空的", id="empty"),
    ],
)
def test_a_file_that_is_no_plan_is_refused_in_words_and_not_kept(
    name: str, data: bytes, said: str, site: ASGIApp, zhanggong: Office
) -> None:
    officer = entered(site, OFFICER)
    officer.get("/plans/drafts")

    answer = officer.submit("/plans/drafts", file=(name, data), code="again")

    assert answer.status_code == 422
    assert re.search(said, answer.text)
    assert "/tmp/" not in answer.text
    assert not (zhanggong.settings.data_dir / "plans").exists()


def test_historic_items_are_settled_together_or_none_of_them(
    site: ASGIApp, zhanggong: Office
) -> None:
    officer = entered(site, OFFICER)
    boxes = re.findall(r'name="(item-[^"]+)"', officer.get("/historic").text)
    form = {"form_token": officer.form("/historic")["form_token"], "form_key": "1"}
    nobody = officer.post("/historic", form | {"how": "afresh", "why": "未完成"})
    ticked = dict.fromkeys(boxes[:3], "1")
    done = form | ticked | {"form_key": "2", "how": "done", "why": "已印发"}

    said = officer.post("/historic", done)
    again = officer.post("/historic", done)
    officer.post("/historic", form | ticked | {"form_key": "3", "how": "afresh", "why": "查无此事"})
    stale = officer.post(
        "/historic", form | dict.fromkeys(boxes, "1") | {"how": "afresh", "why": "全部"}
    )

    assert len(boxes) == len(HISTORIC)
    assert "请先勾选" in nobody.text
    assert "共3项已核定" in said.text
    assert "共3项已核定" in again.text
    assert "其余各项也未办理" in stale.text
    with zhanggong.reading() as session:
        acts = dict(session.exec(select(Event.act, func.count()).group_by(Event.act)).all())
        assert (acts["say_done"], acts["restart"]) == (3, 3)

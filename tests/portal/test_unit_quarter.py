"""A unit's quarter at the portal: signing for items, writing, approval, reports, requests."""

from decimal import Decimal
from typing import Any

import pytest
from sqlmodel import col, select

from db.draft_tables import ReportDraft
from db.life_tables import CloseOut, Contribution, EvidenceFile, Extension, ProgressReport
from services.office import Office
from supervision.vocabulary import ItemState, Role
from tests.builders import change_item, item_of
from tests.clock import Clock
from tests.portal.browser import Browser
from tests.portal.conftest import SignedIn, give_account
from tests.reporting import DUE, HOUSING, send_back

PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def path_of(office: Office, code: str, rest: str = "") -> str:
    with office.reading() as session:
        return f"/items/{item_of(session, code).id}{rest}"


def reports_of(office: Office) -> list[ProgressReport]:
    with office.reading() as session:
        return list(session.exec(select(ProgressReport).order_by(col(ProgressReport.version))))


def write(browser: Browser, office: Office, code: str = "T01", **typed: str) -> None:
    """Fill in the report of an item and lead it to the check."""
    path = path_of(office, code, "/report")
    browser.get(path)
    said: dict[str, Any] = {"progress": "完成主体施工", "percent": "60", **typed}
    browser.submit(path, **said)


def confirm(browser: Browser, office: Office, code: str = "T01") -> None:
    browser.submit(path_of(office, code, "/report/submit"))


def test_the_list_says_what_to_do_by_when_and_whom_to_ask(signed_in: SignedIn) -> None:
    page = signed_in(Role.LIAISON).get("/").text

    assert "还有 2 项要报送" in page
    assert "3月25日（周二），还有11个工作日" in page
    assert "区“无废城市”建设工作领导小组办公室" in page
    assert "继续填报下一项" in page
    assert "T02" not in page


def test_an_item_is_signed_for_by_one_button(signed_in: SignedIn, reporting: Office) -> None:
    browser, path = signed_in(Role.LIAISON), path_of(reporting, "T01")
    browser.get(path)

    page = browser.submit(f"{path}/acknowledge").text

    assert "已签收 T01" in page
    assert "签收这个事项" not in page
    with reporting.reading() as session:
        assert item_of(session, "T01").state is ItemState.IN_PROGRESS


def test_a_report_is_written_checked_and_handed_in(signed_in: SignedIn, reporting: Office) -> None:
    browser = signed_in(Role.LIAISON)

    write(browser, reporting)
    assert "完成主体施工" in browser.page
    assert reports_of(reporting) == []
    confirm(browser, reporting)

    (report,) = reports_of(reporting)
    assert (report.progress, report.percent) == ("完成主体施工", 60)
    assert "已报送，待办公室审核。下一项：P01" in browser.page


def test_a_draft_is_kept_and_offered_again(signed_in: SignedIn, reporting: Office) -> None:
    browser, path = signed_in(Role.LIAISON), path_of(reporting, "T01", "/report")
    browser.get(path)
    fields = browser.form(path) | {"progress": "写到一半", "percent": "很多"}

    browser.post(f"{path}/draft", fields)

    assert "写到一半" in browser.page
    assert "草稿已于09:00保存" in browser.page
    assert reports_of(reporting) == []


def test_a_script_keeps_a_draft_without_leaving_the_page(
    signed_in: SignedIn, reporting: Office
) -> None:
    browser, path = signed_in(Role.LIAISON), path_of(reporting, "T01", "/report")
    browser.get(path)
    fields = browser.form(path) | {"progress": "写到一半"}

    answer = browser.post(f"{path}/draft", fields, headers={"HX-Request": "true"})

    assert answer.text.strip() == "<p>草稿已于09:00保存。</p>"


def test_a_script_that_comes_late_does_not_undo_what_its_writer_sent(
    signed_in: SignedIn, reporting: Office
) -> None:
    signed_in(Role.HEAD)
    liaison, path = signed_in(Role.LIAISON), path_of(reporting, "T01", "/report")
    liaison.get(path)
    early = liaison.form(path) | {"progress": "写到一半"}
    liaison.submit(path, progress="完成主体施工")
    confirm(liaison, reporting)

    liaison.post(f"{path}/draft", early, headers={"HX-Request": "true"})

    with reporting.reading() as session:
        draft = session.exec(select(ReportDraft)).one()
    assert draft.content["progress"] == "完成主体施工"
    assert draft.asked_at is not None


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        pytest.param({"progress": " "}, "请填写本季进展", id="no progress"),
        pytest.param({"percent": "六成"}, "累计进度应为整数", id="no number"),
        pytest.param({"percent": "120"}, "不在0到100之间", id="beyond the whole"),
    ],
)
def test_what_cannot_be_taken_is_told_and_nothing_typed_is_lost(
    signed_in: SignedIn, reporting: Office, typed: dict[str, str], told: str
) -> None:
    browser = signed_in(Role.LIAISON)

    write(browser, reporting, **{"next_step": "继续推进", **typed})

    assert told in browser.page
    assert "继续推进" in browser.page
    assert 'id="faults"' in browser.page


def test_what_was_said_before_is_there_to_begin_with(
    signed_in: SignedIn, reporting: Office
) -> None:
    browser = signed_in(Role.LIAISON)
    write(browser, reporting)
    confirm(browser, reporting)

    page = browser.get(path_of(reporting, "T01", "/report")).text

    assert "完成主体施工" in page


def test_the_head_approves_what_the_liaison_wrote(signed_in: SignedIn, reporting: Office) -> None:
    head = signed_in(Role.HEAD)
    liaison = signed_in(Role.LIAISON)
    write(liaison, reporting)

    confirm(liaison, reporting)
    assert "已送本单位负责人审签" in liaison.page
    assert reports_of(reporting) == []
    assert "待审签" in head.get("/todo").text
    head.get(path_of(reporting, "T01", "/report/check"))
    confirm(head, reporting)

    (report,) = reports_of(reporting)
    assert report.reported_by == "区财政局承办单位负责人"


def test_the_head_sends_a_draft_back_with_what_to_mend(
    signed_in: SignedIn, reporting: Office
) -> None:
    head, liaison = signed_in(Role.HEAD), signed_in(Role.LIAISON)
    write(liaison, reporting)
    confirm(liaison, reporting)
    head.get(path_of(reporting, "T01", "/report/check"))

    head.submit(path_of(reporting, "T01", "/report/return"), reason="数字请核实")

    assert "数字请核实" in liaison.get(path_of(reporting, "T01", "/report")).text
    assert reports_of(reporting) == []


def test_a_change_after_asking_the_head_is_not_approved_unseen(
    signed_in: SignedIn, reporting: Office
) -> None:
    signed_in(Role.HEAD)
    liaison = signed_in(Role.LIAISON)
    write(liaison, reporting)
    confirm(liaison, reporting)

    write(liaison, reporting, progress="改过了")

    with reporting.reading() as session:
        assert session.exec(select(ReportDraft)).one().asked_at is None


def test_what_the_office_sent_back_stands_first_with_its_reason(
    signed_in: SignedIn, reporting: Office
) -> None:
    browser = signed_in(Role.LIAISON)
    write(browser, reporting)
    confirm(browser, reporting)
    send_back(reporting, reason="缺少数据来源")

    page = browser.get("/todo").text

    assert page.index("退回重报") < page.index("待报")
    assert "缺少数据来源" in page
    assert "缺少数据来源" in browser.get(path_of(reporting, "T01", "/report")).text


def test_a_double_click_reports_once_and_gets_the_same_answer(
    signed_in: SignedIn, reporting: Office
) -> None:
    browser, path = signed_in(Role.LIAISON), path_of(reporting, "T01", "/report")
    write(browser, reporting)
    fields = browser.form(f"{path}/submit")

    answers = {
        (answer.status_code, answer.headers["location"], answer.headers["set-cookie"][:13])
        for _ in range(20)
        for answer in [browser.post(f"{path}/submit", fields, follow=False)]
    }

    assert len(answers) == 1
    assert len(reports_of(reporting)) == 1


def test_a_project_reports_its_investment(signed_in: SignedIn, reporting: Office) -> None:
    browser = signed_in(Role.LIAISON)

    write(browser, reporting, "P01", invested_wan="1200.5")
    confirm(browser, reporting, "P01")

    assert reports_of(reporting)[0].invested_wan == Decimal("1200.50")


def test_a_supporting_unit_adds_its_input(signed_in: SignedIn, reporting: Office) -> None:
    browser = signed_in(Role.LIAISON, unit=HOUSING)
    path = path_of(reporting, "T01", "/contribution")
    assert "待提供配合情况" in browser.get("/todo").text
    browser.get(path)

    browser.submit(path, body="已提供用地手续")

    with reporting.reading() as session:
        assert session.exec(select(Contribution)).one().body == "已提供用地手续"
    assert "待提供配合情况" not in browser.page


def test_evidence_is_brought_and_given_back_as_an_attachment(
    signed_in: SignedIn, reporting: Office
) -> None:
    browser, path = signed_in(Role.LIAISON), path_of(reporting, "T01", "/evidence")
    browser.get(path)

    browser.submit(path, kind="acceptance", file=("验收报告.pdf", PDF))

    with reporting.reading() as session:
        row = session.exec(select(EvidenceFile)).one()
    answer = browser.get(f"/evidence/{row.id}")
    assert answer.content == PDF
    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.headers["content-type"] == "application/octet-stream"
    assert "sandbox" in answer.headers["content-security-policy"]


def test_the_head_asks_for_a_later_date(signed_in: SignedIn, reporting: Office) -> None:
    browser, path = signed_in(Role.HEAD), path_of(reporting, "T01", "/extension")
    browser.get(path)

    browser.submit(path, until="2026-02-28", reason="上位政策未出台", progress="已有初稿")

    assert "已申请延期，待办公室初审" in browser.page
    with reporting.reading() as session:
        assert session.exec(select(Extension)).one().reason == "上位政策未出台"


def test_closing_out_needs_evidence_and_says_so(signed_in: SignedIn, reporting: Office) -> None:
    change_item(reporting, "T01", state=ItemState.IN_PROGRESS)
    browser, path = signed_in(Role.HEAD), path_of(reporting, "T01", "/close-out")
    browser.get(path)
    browser.submit(path, summary="全部完成")
    assert "佐证" in browser.page[browser.page.index('id="faults"') :][:400]
    assert "--" not in browser.page[browser.page.index('id="faults"') :][:400]

    evidence = path_of(reporting, "T01", "/evidence")
    browser.get(evidence)
    browser.submit(evidence, kind="ledger", file=("台账.pdf", PDF))
    browser.get(path)
    browser.submit(path, summary="全部完成")

    assert "已申请销号" in browser.page
    with reporting.reading() as session:
        assert session.exec(select(CloseOut)).one().summary == "全部完成"


def test_after_the_round_is_over_nothing_can_be_reported(
    signed_in: SignedIn, reporting: Office, clock: Clock
) -> None:
    clock.turn_to(DUE.replace(month=4, day=10))
    give_account(reporting, "zhangsan", Role.LIAISON, unit="区财政局")

    browser = signed_in(Role.LIAISON)
    answer = browser.get(path_of(reporting, "T01", "/report"))

    assert answer.status_code == 422
    assert "目前没有要报送的进展" in answer.text

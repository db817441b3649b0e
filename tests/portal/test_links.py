"""SEC7: one-time links. Opening one changes nothing, its form acts once, its token is nowhere."""

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import text
from sqlmodel import Session, SQLModel, col, select
from starlette.types import ASGIApp

from db.life_tables import ProgressReport
from db.plan_tables import ChannelAddress, Contact
from db.record_tables import Act, Event, Message, Notice, Obligation, Round
from portal.app import served
from services import links
from services.link_letters import closing
from services.office import Office
from supervision.vocabulary import (
    ChannelKind,
    ContactPost,
    ItemState,
    LinkStanding,
    MessageKind,
    MessageState,
    ObligationState,
    Role,
    RoundState,
)
from tests.builders import FINANCE, item_of
from tests.linking import MAIL, Postbox, made_public, mailbox, sent
from tests.people import person, unit_id
from tests.portal.browser import Browser
from tests.portal.sent_notices import send_notice
from tests.portal.test_foreign_forms import contents
from tests.reporting import OPENS


@pytest.fixture
def public(reporting: Office) -> Office:
    """Give the office under an address that others can open, its bureau's people with mail."""
    return made_public(reporting)


@pytest.fixture
def post(public: Office) -> Callable[[], Postbox]:
    """Send what is due and give what went out."""

    return lambda: sent(public)


def opened(site: ASGIApp, path: str) -> Browser:
    """Give the browser of somebody without an account who has opened a link."""
    browser = Browser(site)
    browser.get(path)
    return browser


def told_by(session: Session, act: str) -> str:
    """Return who stands on the record for an act."""
    return session.exec(select(Event.actor).where(Event.act == act)).one()


def test_programs_that_look_at_mail_change_nothing_and_the_person_then_reports_once(
    public: Office, post: Callable[[], Postbox]
) -> None:
    site, (_, path) = served(public), post().links()
    before = contents(public)
    heads = [Browser(site).send("HEAD", path).status_code for _ in range(3)]
    gets = [Browser(site).get(path).status_code for _ in range(20)]
    assert (set(heads), set(gets)) == ({200}, {200})
    assert contents(public) == before
    browser = opened(site, path)

    faulty = browser.submit(path, progress="")
    done = browser.submit(path, progress="已完成招标", percent="40")
    again = browser.post(path, dict.fromkeys(("form_token", "progress"), "x"))
    browser.get("/sign-in")
    resent = browser.post(path, browser.form("/sign-in") | {"progress": "再报"})

    assert (faulty.status_code, done.status_code, again.status_code) == (422, 200, 403)
    assert (resent.status_code, Browser(site).get(path).status_code) == (410, 410)
    assert "无须再办" in resent.text
    with public.reading() as session:
        report = session.exec(select(ProgressReport)).one()
        assert (report.progress, report.percent, report.reported_by) == (
            "已完成招标",
            40,
            "链接：李四",
        )
        assert told_by(session, "hand_in") == "链接：李四"


def test_of_eight_who_send_a_link_at_once_one_acts(
    public: Office, post: Callable[[], Postbox]
) -> None:
    site, path = served(public), post().links()[1]
    browsers = [opened(site, path) for _ in range(8)]
    forms = [browser.form(path) | {"progress": "已开工"} for browser in browsers]

    with ThreadPoolExecutor(8) as pool:
        answers = list(
            pool.map(
                lambda each: each[0].post(path, each[1]).status_code,
                zip(browsers, forms, strict=True),
            )
        )

    assert sorted(answers) == [200, *[410] * 7]
    with public.reading() as session:
        assert len(session.exec(select(ProgressReport)).all()) == 1


def test_an_item_is_signed_for_by_its_link(public: Office, post: Callable[[], Postbox]) -> None:
    with public.transaction() as session:
        message = session.exec(select(Message).order_by(col(Message.subject))).first()
        assert message is not None
        item = item_of(session, "P01")
        item.state, item.acknowledged_on = ItemState.ASSIGNED, None
        for act in session.exec(select(Act).where(Act.work_item_id == item.id)):
            act.rule, act.round_id = "R09", None
    site, box = served(public), post()
    (path, _) = box.links()

    answer = opened(site, path).submit(path)

    assert "签收 P01" in box.mails[0].text
    assert "已签收 P01" in answer.text
    with public.reading() as session:
        assert item_of(session, "P01").acknowledged_on == public.today()
        assert told_by(session, "acknowledge") == "链接：李四"


@pytest.mark.parametrize(
    ("post_held", "fields", "act"),
    [
        pytest.param(ContactPost.LIAISON, {}, "acknowledge", id="the liaison signs for it"),
        pytest.param(
            ContactPost.HEAD,
            {"body": "已过半", "reasons": "到货晚"},
            "answer",
            id="the head answers",
        ),
    ],
)
def test_a_notice_is_received_or_answered_by_its_link(
    public: Office,
    post: Callable[[], Postbox],
    post_held: ContactPost,
    fields: dict[str, str],
    act: str,
) -> None:
    notice_id = send_notice(public, "T01", unit=FINANCE, number=7)
    with public.transaction() as session:
        first, *others = session.exec(select(Message))
        first.kind, first.about_id = MessageKind.NOTICE, session.get_one(Notice, notice_id).sheet_id
        first.way_id = mailbox(session, "王五", post_held).id
        for message in others:
            message.state = MessageState.WITHDRAWN
    site, (path,) = served(public), post().links()

    answer = opened(site, path).submit(path, follow=True, **fields)

    assert answer.status_code == 200
    assert Browser(site).get(path).status_code == 410
    with public.reading() as session:
        who = session.exec(select(Event.actor).where(col(Event.act).startswith(act))).all()
        assert "链接：王五" in who


def close_the_round(session: Session) -> None:
    session.exec(select(Round)).one().state = RoundState.CLOSED


def let_the_person_leave(session: Session) -> None:
    session.exec(select(Contact)).one().left_on = OPENS


def take_the_address_away(session: Session) -> None:
    session.exec(select(ChannelAddress).where(ChannelAddress.kind == MAIL)).one().removed_on = OPENS


def report_on_the_portal(session: Session) -> None:
    for owed in session.exec(select(Obligation)):
        owed.state = ObligationState.REPORTED


@pytest.mark.parametrize(
    ("event", "says"),
    [
        (close_the_round, "有效时间已过"),
        (let_the_person_leave, "已停用"),
        (take_the_address_away, "已停用"),
        (report_on_the_portal, "已经办过"),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_a_link_ends_with_what_it_was_for(
    public: Office, post: Callable[[], Postbox], event: Callable[[Session], None], says: str
) -> None:
    site, path = served(public), post().links()[1]
    browser = opened(site, path)
    form = browser.form(path) | {"progress": "已开工"}
    with public.transaction() as session:
        event(session)

    answer = browser.post(path, form)

    assert (answer.status_code, says in answer.text, "接下来怎么办" in answer.text) == (
        410,
        True,
        True,
    )


def test_the_token_stands_in_the_mail_alone(
    public: Office, post: Callable[[], Postbox], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    site, paths = served(public), post().links()
    for path in paths:
        opened(site, path).submit(path, progress="已开工")
    Browser(site).get(f"{paths[0]}x")

    with public.reading() as session:
        stored = repr([session.connection().execute(text(f"SELECT * FROM {table.name}")).all()
                       for table in SQLModel.metadata.sorted_tables])  # fmt: skip
    tokens = [path.removeprefix("/l/") for path in paths]
    said = [record.getMessage() for record in caplog.records if record.name != "httpx"]
    assert [token for token in tokens if token in stored or token in repr(said)] == []
    policy = Browser(site).get(paths[0]).headers["referrer-policy"]
    assert policy == "strict-origin"  # the host, never the path


def test_the_office_revokes_the_links_of_a_unit(
    public: Office, post: Callable[[], Postbox]
) -> None:
    site, (path, _) = served(public), post().links()
    with public.transaction() as session:
        by = person(session, "调度员", Role.OFFICE)
        shown = links.listed(session, unit_id=None, live_only=True, now=public.now(), most=9)
        by_id = links.revoke(session, public, by, name=shown[0].id.hex[:12])
        rest = links.revoke(session, public, by, unit_id=unit_id(session, FINANCE))
        left = links.listed(session, unit_id=None, live_only=False, now=public.now(), most=9)

    assert (len(shown), by_id, rest) == (2, 1, 1)
    assert {line.standing for line in left} == {LinkStanding.REVOKED}
    assert Browser(site).get(path).status_code == 410


@pytest.mark.parametrize("channel", [kind for kind in ChannelKind if kind is not MAIL])
def test_no_other_channel_carries_a_link(public: Office, channel: ChannelKind) -> None:
    with public.transaction() as session:
        for message in session.exec(select(Message)):
            message.channel = channel
            assert closing(public, message) == ""


def test_without_an_address_others_can_open_there_are_no_links(
    public: Office, reporting: Office
) -> None:
    with public.reading() as session:
        message = session.exec(select(Message)).all()[0]

    assert closing(public, message) != ""
    assert closing(reporting, message) == ""
    assert closing(public, message) == closing(public, message)

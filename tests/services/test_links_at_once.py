"""Links under two hands at once, on either database: made once, used once (SEC7)."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor

from sqlmodel import select

from db.life_tables import ProgressReport
from db.link_tables import OneTimeLink
from db.record_tables import Message
from services.link_acts import Given, LinkGoneError, act, live_link
from services.link_letters import closing
from services.link_tokens import token_of
from services.notice_answers import Said
from services.office import Office
from services.report_content import ReportContent
from supervision.vocabulary import LinkPurpose
from tests.linking import made_public

AT_ONCE = 6
GIVEN = Given(
    typed={"progress": "已开工"},
    content=lambda: ReportContent(progress="已开工"),
    said=lambda: Said(body="", reasons=""),
)


def used(office: Office, token: str) -> str:
    """Use a link and return what became of that."""
    try:
        with (
            office.transaction() as session,
            live_link(office, session, token, to_act=True) as link,
        ):
            act(session, office, link, GIVEN)
    except LinkGoneError as error:
        return error.standing.value
    return "acted"


def test_senders_who_compose_a_mail_at_once_write_the_same_links_which_act_once(
    reporting: Office,
) -> None:
    office = made_public(reporting)
    with office.reading() as session:
        messages = session.exec(select(Message)).all()
        message = next(each for each in messages if "应报2项" in each.subject)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        texts = list(pool.map(lambda _: closing(office, message), range(AT_ONCE)))
    with office.reading() as session:
        links = session.exec(select(OneTimeLink)).all()
    token = token_of(office.settings, links[0].id)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        became = Counter(pool.map(lambda _: used(office, token), range(AT_ONCE)))

    assert len(set(texts)) == 1
    assert {link.purpose for link in links} == {LinkPurpose.REPORT}
    assert len(links) == 2
    assert became == {"acted": 1, "used": AT_ONCE - 1}
    with office.reading() as session:
        assert len(session.exec(select(ProgressReport)).all()) == 1

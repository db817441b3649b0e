"""A form is taken once, however often and however much at once it is sent (REL25)."""

from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

import pytest
from sqlmodel import Session, select

from db.life_tables import ProgressReport
from db.session_tables import FormAnswer
from services import reports
from services.accounts import named
from services.form_answers import Answer, once
from services.obligations import obligation_of
from services.office import Office
from services.report_content import ReportContent
from supervision.errors import UsageError
from supervision.vocabulary import Role
from tests.builders import item_of
from tests.databases import Databases
from tests.people import an_account, person
from tests.reporting import OPENS, PERIOD, liaison

TIMES, AT_ONCE = 1_000, 8


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> Databases:
    name = {"sqlite": "sqlite_files", "postgresql": "postgresql_databases"}[request.param]
    found: Databases = request.getfixturevalue(name)
    return found


def account(office: Office) -> UUID:
    with office.transaction() as session:
        actor = person(session, "zhangsan", Role.LIAISON, unit="区财政局")
        an_account(session, actor)
        return named(session, "zhangsan").id


def test_a_thousand_times_eight_at_once_is_one_report_and_one_answer(reporting: Office) -> None:
    account_id = account(reporting)

    def send(number: int) -> Answer:
        def work(session: Session) -> Answer:
            owed = obligation_of(session, item_of(session, "T01"), PERIOD)
            said, actor = ReportContent(progress=f"第{number}次"), liaison(session)
            reports.hand_in(session, owed, said, actor, as_of=OPENS, now=reporting.now())
            return Answer(location="/todo", message=f"第{number}次")

        return once(reporting, "one form", work, account_id=account_id)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        answers = set(pool.map(send, range(TIMES)))

    assert len(answers) == 1
    with reporting.reading() as session:
        assert len(session.exec(select(FormAnswer)).all()) == 1
        assert len(session.exec(select(ProgressReport)).all()) == 1


def test_what_was_refused_may_be_sent_again(reporting: Office) -> None:
    account_id = account(reporting)

    def refused(_session: Session) -> Answer:
        raise UsageError("缺少内容")

    with pytest.raises(UsageError):
        once(reporting, "one form", refused, account_id=account_id)

    answer = once(
        reporting,
        "one form",
        lambda _session: Answer(location="/todo", message="已办理"),
        account_id=account_id,
    )
    assert answer.message == "已办理"

"""Acts that may come before there is any account: whose they are, and from when they must be."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook
from sqlmodel import Session, col, select

from db.record_tables import Event
from services import calendars, contacts, importing
from services.calendars import YearsNotice
from services.first_acts import SET_UP, name_on_record
from services.importing import Wish
from services.office import Office
from supervision.errors import UsageError
from supervision.rights import NotAllowedError
from supervision.vocabulary import Permission, Role
from tests.accounts import an_account_of

Act = Callable[[Office, str | None], object]
OF_THE_OFFICE = (Permission.ADOPT_PLAN, Permission.MANAGE_CONTACTS, Permission.EDIT_CALENDAR)


def take_contacts_in(office: Office, by: str | None) -> object:
    workbook = Workbook()
    workbook.active.append(["单位", "姓名"])  # type: ignore[union-attr]
    workbook.active.append(["区工信局", "李四"])  # type: ignore[union-attr]
    workbook.save("联系人.xlsx")
    return contacts.import_contacts(office, Path("联系人.xlsx"), by=by)


def adopt_another_plan(office: Office, by: str | None) -> object:
    source = office.settings.plan_dir / "catalogue.yaml"
    wish = Wish(
        file=source,
        code="another",
        baseline_on=None,
        settlement=None,
        findings_accepted=True,
        is_trial=False,
        by=by,
    )
    return importing.import_plan(office, wish)


def enter_a_year(office: Office, by: str | None) -> object:
    notice = YearsNotice(
        year=2027, holidays=[date(2027, 1, 1)], makeups=[], source="国办发明电〔2026〕0号"
    )
    with office.transaction() as session:
        return calendars.enter_year(session, office, notice, by=by)


def confirm_the_baseline(office: Office, by: str | None) -> object:
    return importing.confirm(office, by=by)


ACTS = [
    pytest.param(take_contacts_in, id="contacts"),
    pytest.param(adopt_another_plan, id="a plan"),
    pytest.param(enter_a_year, id="a year of the calendar"),
    pytest.param(confirm_the_baseline, id="the baseline"),
]


def latest(office: Office) -> Event:
    with office.reading() as session:
        found = session.exec(select(Event).order_by(col(Event.sequence).desc()).limit(1)).one()
        session.expunge(found)
        return found


@pytest.mark.parametrize("act", ACTS)
def test_before_there_is_an_account_it_is_the_set_up(zhanggong: Office, act: Act) -> None:
    act(zhanggong, None)

    assert latest(zhanggong).actor == SET_UP


@pytest.mark.parametrize("act", ACTS)
def test_an_administrator_alone_changes_nothing_about_that(zhanggong: Office, act: Act) -> None:
    an_account_of(zhanggong, "admin", Role.ADMINISTRATOR)

    act(zhanggong, None)

    assert latest(zhanggong).actor == SET_UP


@pytest.mark.parametrize("act", ACTS)
def test_once_somebody_may_it_is_somebodys(zhanggong: Office, act: Act) -> None:
    an_account_of(zhanggong, "bgs", Role.OFFICE)
    before = latest(zhanggong).sequence

    with pytest.raises(UsageError, match="请指明由哪个账号") as refusal:
        act(zhanggong, None)
    assert "--as" in refusal.value.advice
    assert "调度员" in refusal.value.advice
    assert latest(zhanggong).sequence == before

    act(zhanggong, "bgs")
    assert latest(zhanggong).actor == "bgs"


@pytest.mark.parametrize(
    "role",
    [Role.REVIEWER, Role.SUPERVISOR, Role.AUDITOR, Role.ADMINISTRATOR],
    ids=lambda role: role.value,
)
@pytest.mark.parametrize("act", ACTS)
def test_whoever_may_not_is_refused_even_when_nobody_else_may(
    zhanggong: Office, act: Act, role: Role
) -> None:
    an_account_of(zhanggong, "zhang", role)

    with pytest.raises(NotAllowedError, match="没有相应的角色"):
        act(zhanggong, "zhang")


def test_an_account_that_was_closed_asks_nobody_to_be_named(zhanggong: Office) -> None:
    an_account_of(zhanggong, "bgs", Role.OFFICE, disabled_at=zhanggong.now())

    def named(session: Session, account: str | None) -> str:
        return name_on_record(session, account, Permission.ADOPT_PLAN, now=zhanggong.now())

    with zhanggong.transaction() as session:
        assert named(session, None) == SET_UP
        with pytest.raises(NotAllowedError, match="已停用"):
            named(session, "bgs")


@pytest.mark.parametrize("permission", OF_THE_OFFICE, ids=lambda permission: permission.value)
def test_what_is_the_offices_is_asked_of_an_account_of_the_office(
    zhanggong: Office, permission: Permission
) -> None:
    an_account_of(zhanggong, "fgld", Role.APPROVER)

    with zhanggong.transaction() as session:
        assert name_on_record(session, None, permission, now=zhanggong.now()) == SET_UP

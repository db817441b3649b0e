"""账号: the administrator makes accounts, gives and takes roles, closes them, signs them out."""

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from starlette.responses import Response

from portal.access import Allowed, id_in
from portal.errors import NotHereError
from portal.forms import Reading
from portal.paging import PAGE, offset_of, pager
from portal.phrases import When
from portal.screens import show
from portal.visits import Visit
from services import account_book, accounts
from services.account_book import AccountLine, Asked, Standing
from services.accounts import NewAccount
from services.form_answers import Answer
from services.outbox_views import unit_names
from services.plans import the_office, unit_named
from services.todo import calendar_of
from supervision.errors import UsageError
from supervision.rights import NotAllowedError
from supervision.vocabulary import Permission, Role

pages = APIRouter()
Keeper = Annotated[Visit, Depends(Allowed(permission=Permission.MANAGE_ACCOUNTS))]
Refusals = (UsageError, NotAllowedError)  # both are told on the page of the form


@pages.get("/accounts")
def accounts_page(visit: Keeper) -> Response:
    """Show a page of the accounts that are asked for."""
    asked = _asked_in(visit)
    with visit.office.reading() as session:
        found = account_book.book(
            session, asked, skip=offset_of(visit.request), most=PAGE, now=visit.office.now()
        )
        return show(
            visit,
            "accounts.html",
            "账号",
            asked=asked,
            book=found,
            words={"role": Role, "standing": Standing},
            pager=pager(visit.request, found.total),
            when=When(visit.today, calendar_of(session)),
        )


@pages.get("/accounts/new")
def new_account_page(visit: Keeper) -> Response:
    """Show the form for a new account."""
    return _new(visit)


@pages.post("/accounts/new")
def add_account(visit: Keeper) -> Response:
    """Make an account; its person has to choose another password when he first comes."""

    def work(session: Any) -> Answer:  # noqa: ANN401 - the services' own session
        office = visit.office
        made = accounts.add_account(
            session,
            _typed(visit, session),
            visit.actor,
            profile=office.settings.password_profile,
            today=visit.today,
            now=office.now(),
        )
        said = f"账号 {made.name} 已建立。请把密码当面或电话告知本人，首次登录须修改。"
        return Answer(location=f"/accounts/{made.id}", message=said)

    try:
        return visit.once(work)
    except Refusals as error:
        return _new(visit, error)


def _typed(visit: Visit, session: Any) -> NewAccount:  # noqa: ANN401
    reading = Reading(visit.form)
    name, full_name = reading.text("name", "账号"), reading.text("full_name", "姓名")
    role = reading.one_of("role", "角色", list(Role))
    unit, password = reading.optional("unit"), visit.form.fields.get("password", "")
    if not password:
        reading.faults["password"] = "请填写初始密码"  # noqa: S105 - what is told, no password
    reading.require_sound()
    office_id = the_office(session).id
    return NewAccount(
        name=name,
        full_name=full_name,
        unit_id=unit_named(session, office_id, unit) if unit else None,
        roles=frozenset({role}),
        password=password,
    )


@pages.get("/accounts/{account_id}")
def account_page(visit: Keeper) -> Response:
    """Show one account with its roles and where it is signed in."""
    return _account(visit)


@pages.post("/accounts/{account_id}/grant")
def grant(visit: Keeper) -> Response:
    """Give the account a role."""
    return _change_role(visit, accounts.grant, "已授予", "原已具有")


@pages.post("/accounts/{account_id}/revoke")
def revoke(visit: Keeper) -> Response:
    """Take a role away from the account."""
    return _change_role(visit, accounts.revoke, "已收回", "原本没有")


def _change_role(visit: Visit, change: Callable[..., bool], done: str, was_so: str) -> Response:
    def work(session: Any, account: AccountLine) -> str:  # noqa: ANN401
        reading = Reading(visit.form)
        role = reading.one_of("role", "角色", list(Role))
        reading.require_sound()
        now = visit.office.now()
        changed = change(session, account.name, role, visit.actor, today=visit.today, now=now)
        return f"{done if changed else was_so}角色“{role.label}”。"

    return _done(visit, work)


@pages.post("/accounts/{account_id}/disable")
def disable(visit: Keeper) -> Response:
    """Close the account for good."""

    def work(session: Any, account: AccountLine) -> str:  # noqa: ANN401
        now = visit.office.now()
        accounts.disable(session, account.name, visit.actor, today=visit.today, now=now)
        return f"账号 {account.name} 已停用，不能再登录。"

    return _done(visit, work)


@pages.post("/accounts/{account_id}/end-sessions")
def end_sessions(visit: Keeper) -> Response:
    """Sign the account out everywhere."""

    def work(session: Any, account: AccountLine) -> str:  # noqa: ANN401
        ended = account_book.end_sessions(session, visit.office, account.id, by=visit.actor)
        return f"已退出 {ended} 处登录。" if ended else "这个账号目前没有登录。"

    return _done(visit, work)


def _done(visit: Visit, act: Callable[[Any, AccountLine], str]) -> Response:
    def work(session: Any) -> Answer:  # noqa: ANN401 - the services' own session
        account = _of_address(visit, session)
        return Answer(location=f"/accounts/{account.id}", message=act(session, account))

    try:
        return visit.once(work)
    except Refusals as error:
        return _account(visit, error)


def _of_address(visit: Visit, session: Any) -> AccountLine:  # noqa: ANN401
    account_id = id_in(visit.request, "account_id")
    found = account_book.one(session, account_id, now=visit.office.now())
    if found is None:
        raise NotHereError("没有这个账号")
    return found


def _account(visit: Visit, error: UsageError | NotAllowedError | None = None) -> Response:
    with visit.office.reading() as session:
        account, now = _of_address(visit, session), visit.office.now()
        return show(
            visit,
            "account_one.html",
            f"账号 {account.name}",
            error=error,
            account=account,
            places=account_book.signed_in_at(session, account.id, now=now),
            others=[role for role in Role if role not in account.roles],
            when=When(visit.today, calendar_of(session)),
        )


def _new(visit: Visit, error: UsageError | NotAllowedError | None = None) -> Response:
    with visit.office.reading() as session:
        return show(
            visit,
            "account_new.html",
            "新建账号",
            error=error,
            roles=Role,
            units=unit_names(session),
            typed=visit.form,
            profile=visit.office.settings.password_profile,
        )


def _asked_in(visit: Visit) -> Asked:
    asked = visit.request.query_params
    return Asked(
        role=next((word for word in Role if word.value == asked.get("role")), None),
        standing=next((word for word in Standing if word.value == asked.get("standing")), None),
        text=asked.get("text", "").strip() or None,
    )

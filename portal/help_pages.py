"""帮助、我的通知设置、体检: whom to ask, how one's unit is reached, how the system does."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from portal.access import OfAUnit, SignedIn
from portal.phrases import When
from portal.screens import show
from portal.visits import Visit
from services import contact_book, health
from services.check_words import Health
from services.office import Office
from services.todo import calendar_of, whom_to_ask
from supervision.rights import Actor, NotAllowedError
from supervision.vocabulary import Role

WATCHERS = frozenset({Role.OFFICE, Role.ADMINISTRATOR})
# Where something that is not in order is put right, for those who may.
PUT_RIGHT = {
    "联络员": "/contacts?missing=contact",
    "督导单位": "/contacts?missing=sponsor",
    "未送达": "/outbox?waits=1",
    "办公室待办": "/desk",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Watches(SignedIn):
    """Lets in who answers for the system's running: the office and the administrator."""

    def require(self, actor: Actor, request: Request, office: Office) -> None:
        """Raise NotAllowedError for everybody else."""
        del request, office
        if not is_a_watcher(actor):
            raise NotAllowedError("此页供调度员和管理员使用", advice="请从首页进入您的页面。")


def is_a_watcher(actor: Actor) -> bool:
    """Return whether the account is one of those who answer for the system's running."""
    return bool(actor.roles & WATCHERS)


pages = APIRouter()


@pages.get("/help")
def help_page(visit: Annotated[Visit, Depends(SignedIn())]) -> Response:
    """Show whom to ask, and what each role does here."""
    with visit.office.reading() as session:
        return show(
            visit,
            "help.html",
            "帮助与联系人",
            roles=visit.actor.roles,
            has_unit=visit.actor.unit_id is not None,
            whom=whom_to_ask(session),
        )


@pages.get("/account/notifications")
def notifications_page(visit: Annotated[Visit, Depends(OfAUnit())]) -> Response:
    """Show how the person's unit is reached: the office changes it, not the unit."""
    with visit.office.reading() as session:
        return show(
            visit,
            "notifications.html",
            "我的通知设置",
            unit=contact_book.one(session, visit.unit_id),
            when=When(visit.today, calendar_of(session)),
            whom=whom_to_ask(session),
        )


@pages.get("/health")
def health_page(visit: Annotated[Visit, Depends(Watches())]) -> Response:
    """Show how everything the system leans on does, and what is to be done."""
    checks = health.examine(visit.office)
    is_office = Role.OFFICE in visit.actor.roles
    return show(
        visit,
        "health.html",
        "体检",
        checks=sorted(checks, key=lambda check: list(Health)[::-1].index(check.state)),
        worst=health.worst_of(checks),
        numbers={state: sum(check.state is state for check in checks) for state in Health},
        put_right=PUT_RIGHT if is_office else {},
        is_administrator=Role.ADMINISTRATOR in visit.actor.roles,
    )

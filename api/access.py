"""Who may ask: a token in the header, the scope an operation needs, and what the token may see."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from starlette.requests import Request

from api.bounds import Pace
from api.errors import NotHereError, ScopeMissingError, TooManyError, UnauthorizedError
from services.integration_tokens import Holder, holder_of
from services.notice_views import FoundNotice, seen_notice
from services.office import Office
from services.sight import seen_item
from supervision.integrations import SCOPES
from supervision.rights import Actor, NotAllowedError, require
from supervision.vocabulary import Scope

BEARER = HTTPBearer(auto_error=False, scheme_name="token", description="duban token add")
Given = Annotated[HTTPAuthorizationCredentials | None, Depends(BEARER)]


@dataclass(frozen=True, kw_only=True, slots=True)
class Caller:
    """A request that was let in: which token, and who acts by the scope it is used for."""

    office: Office
    holder: Holder
    actor: Actor

    @property
    def unit_id(self) -> UUID | None:
        """The unit whose token it is, None for the office's."""
        return self.holder.unit_id

    @property
    def today(self) -> date:
        """Today in Shanghai."""
        return self.office.today()

    def item(self, session: Any, item_id: UUID, *, to_act: bool = False) -> Any:  # noqa: ANN401 - rows
        """Return an item, locked when it is acted on; NotHereError for one not seen."""
        found = seen_item(session, self.actor, item_id, to_act=to_act)
        if found is None:
            raise NotHereError("没有这个事项")
        return found[0]

    def notice(self, session: Any, notice_id: UUID) -> FoundNotice:  # noqa: ANN401 - rows
        """Return a paper; NotHereError for one not seen."""
        found = seen_notice(session, self.actor, notice_id)
        if found is None:
            raise NotHereError("没有这份通知")
        return found


@dataclass(frozen=True, kw_only=True, slots=True)
class Guard:
    """Lets in a token that holds and has this scope; every route names one guard."""

    scope: Scope

    def admitted(self, request: Request, given: HTTPAuthorizationCredentials | None) -> Caller:
        """Return who asks, before what he asks for is looked at."""
        office: Office = request.app.state.office
        holder = _holder(request, office, given)
        if self.scope not in holder.scopes:
            raise ScopeMissingError(
                f"令牌“{holder.name}”没有“{self.scope.label}”的用途", advice="请管理员另建令牌。"
            )
        return Caller(office=office, holder=holder, actor=holder.acting(self.scope))


@dataclass(frozen=True, kw_only=True, slots=True)
class Scoped(Guard):
    """Lets in every token of this scope; the handler shows a unit's what concerns the unit."""

    def __call__(self, request: Request, given: Given) -> Caller:
        """Return who asks; UnauthorizedError, TooManyError or ScopeMissingError turn him away."""
        return self.admitted(request, given)


@dataclass(frozen=True, kw_only=True, slots=True)
class OfTheOffice(Guard):
    """Lets in the office's tokens only: what is asked for is about all units."""

    def __call__(self, request: Request, given: Given) -> Caller:
        """Return who asks; NotAllowedError for a unit's token."""
        caller = self.admitted(request, given)
        if caller.unit_id is not None:
            raise NotAllowedError("单位的令牌看不到各单位的汇总", advice="请由办公室建立令牌。")
        return caller


@dataclass(frozen=True, kw_only=True, slots=True)
class OfItem(Guard):
    """Lets in a token that may do this to the item of the address; one not seen is not there."""

    def __call__(self, request: Request, given: Given, item_id: UUID) -> Caller:
        """Return who asks; NotHereError for an item not seen, NotAllowedError for one only seen."""
        caller = self.admitted(request, given)
        with caller.office.reading() as session:
            found = seen_item(session, caller.actor, item_id)
        if found is None:
            raise NotHereError("没有这个事项")
        require(SCOPES[self.scope].permission, caller.actor, found[1])
        return caller


@dataclass(frozen=True, kw_only=True, slots=True)
class OfNotice(Guard):
    """Lets in a token that may see the notice of the address; one not seen is not there."""

    def __call__(self, request: Request, given: Given, notice_id: UUID) -> Caller:
        """Return who asks; NotHereError for a notice not seen."""
        caller = self.admitted(request, given)
        with caller.office.reading() as session:
            caller.notice(session, notice_id)
        return caller


def _holder(request: Request, office: Office, given: HTTPAuthorizationCredentials | None) -> Holder:
    holder = None
    if given is not None:
        with office.reading() as session:
            holder = holder_of(session, given.credentials, today=office.today())
    pace: Pace = request.app.state.pace
    address = request.client.host if request.client else "unknown"
    if not pace.allows(holder.id.hex if holder else address, now=office.now()):
        raise TooManyError(f"每分钟至多{pace.most}次请求", advice="请一分钟后再试。")
    if holder is None:
        raise UnauthorizedError(
            "请求没有有效的令牌", advice="请在 Authorization 中写 Bearer 令牌，并核对是否到期。"
        )
    return holder

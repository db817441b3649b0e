"""The guard of one notice: who may see the paper, and who may act on it."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from starlette.requests import Request

from portal.access import Allowed, id_in, require_role
from portal.errors import NotHereError
from portal.visits import Visit
from services.notice_views import FoundNotice, seen_notice
from services.office import Office
from supervision.rights import Actor, require
from supervision.vocabulary import Permission


@dataclass(frozen=True, kw_only=True, slots=True)
class OfNotice(Allowed):
    """Lets in who may do this to the notice of the address; one he may not see is not there."""

    def require(self, actor: Actor, request: Request, office: Office) -> None:
        """Raise NotHereError for a notice not seen, NotAllowedError for one he may only see."""
        require_role(Permission.READ_ITEMS, actor)
        with office.reading() as session:
            found = seen_notice(session, actor, id_in(request, "notice_id"))
        if found is None:
            raise NotHereError("没有这份通知")
        require(self.permission, actor, found.concerned)


def notice_of(visit: Visit, session: Any, *, to_act: bool = False) -> FoundNotice:  # noqa: ANN401
    """Return the notice of the address, its sheet locked when it is acted on."""
    notice_id = UUID(visit.request.path_params["notice_id"])
    found = seen_notice(session, visit.actor, notice_id, to_act=to_act)
    if found is None:
        raise NotHereError("没有这份通知")
    return found

"""The guard of one-time links: whoever shows one gets to its one page, and is nobody else."""

from dataclasses import dataclass

from starlette.requests import Request

from portal.access import Guard
from portal.errors import NotHereError
from services.link_acts import is_known
from services.office import Office
from services.sessions import Person


@dataclass(frozen=True, kw_only=True, slots=True)
class WithLink(Guard):
    """Lets in whoever shows a link that was made once; who is signed in beside it is left out."""

    def _admitted(self, request: Request, office: Office) -> Person | None:
        with office.reading() as session:
            if not is_known(session, request.path_params["token"]):
                raise NotHereError("没有这个链接")
        return None

"""Guards of pages about everybody's items: who sees all of them, and who runs the office's work."""

from dataclasses import dataclass

from starlette.requests import Request

from portal.access import SignedIn
from services.office import Office
from supervision.rights import Actor, NotAllowedError
from supervision.sight import is_at_the_desk, sees_all


@dataclass(frozen=True, kw_only=True, slots=True)
class SeesAll(SignedIn):
    """Lets in who reads every item, whatever its unit."""

    def require(self, actor: Actor, request: Request, office: Office) -> None:
        """Raise NotAllowedError for an account that sees only what concerns its unit."""
        del request, office
        if not sees_all(actor):
            raise NotAllowedError("此页供办公室和督查使用", advice="请从首页进入您的页面。")


@dataclass(frozen=True, kw_only=True, slots=True)
class AtTheDesk(SignedIn):
    """Lets in who dispatches, reviews or signs for the office."""

    def require(self, actor: Actor, request: Request, office: Office) -> None:
        """Raise NotAllowedError for everybody else."""
        del request, office
        if not is_at_the_desk(actor):
            raise NotAllowedError(
                "此页供办公室、审核人和签发人使用", advice="请从首页进入您的页面。"
            )

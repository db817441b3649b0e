"""Who may use a route: one guard per kind of access, named on every route."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from uuid import UUID

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request

from portal import cookies
from portal.errors import ForeignFormError, NotHereError, PasswordTooOldError, SignInNeededError
from portal.forms import ROOM_FOR_FIELDS, TEXT_LIMIT, is_own, posted, refuse_foreign
from portal.visits import Visit, door_token
from services.office import Office
from services.sessions import Person, cookie_of, form_token, person_of
from services.sight import seen_evidence, seen_item
from supervision.rights import RIGHTS, Actor, NotAllowedError, require
from supervision.sight import is_of_a_unit
from supervision.vocabulary import Permission

SAFE = frozenset({"GET", "HEAD"})
BLOCK = 1024 * 1024


@dataclass(frozen=True, kw_only=True, slots=True)
class Guard(ABC):
    """Lets a request in as a `Visit`, or raises what turns it away.

    `uploads` says that the route takes a file; only then may a form be that large.
    """

    uploads: bool = False

    async def __call__(self, request: Request) -> Visit:
        """Admit the person first, then read the form, then make sure that it is ours."""
        office: Office = request.app.state.office
        is_form = request.method not in SAFE
        if is_form:
            refuse_foreign(request, office.settings)
        person = await run_in_threadpool(self._admitted, request, office)
        bound_to = person.token if person else door_token(request, office.settings)
        token = form_token(office.settings, bound_to)
        if not is_form:
            return Visit(request=request, office=office, signed_in=person, form_token=token)
        form = await posted(request, largest=self._largest(office))
        if not is_own(form, request, token):
            raise ForeignFormError("表单已失效")
        return Visit(request=request, office=office, signed_in=person, form_token=token, form=form)

    def _largest(self, office: Office) -> int:
        if not self.uploads:
            return TEXT_LIMIT
        return office.settings.evidence_file_mb * BLOCK + ROOM_FOR_FIELDS

    @abstractmethod
    def _admitted(self, request: Request, office: Office) -> Person | None:
        """Return who is let in; raise what turns him away."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Anyone(Guard):
    """Lets everybody in, signed in or not: the sign-in page, and nothing with content."""

    def _admitted(self, request: Request, office: Office) -> Person | None:
        return signed_in(request, office)


@dataclass(frozen=True, kw_only=True, slots=True)
class SignedIn(Guard):
    """Lets in whoever is signed in; `even_overdue` also while the password must be changed."""

    even_overdue: bool = False

    def _admitted(self, request: Request, office: Office) -> Person:
        person = signed_in(request, office)
        if person is None:
            raise SignInNeededError(request.url.path if request.method in SAFE else "/")
        if person.must_change_password and not self.even_overdue:
            raise PasswordTooOldError("密码须先修改")
        self.require(person.actor, request, office)
        return person

    def require(self, actor: Actor, request: Request, office: Office) -> None:
        """Raise what turns a signed-in person away."""


@dataclass(frozen=True, kw_only=True, slots=True)
class OfAUnit(SignedIn):
    """Lets in who acts for a unit: everything there is about that unit alone."""

    def require(self, actor: Actor, request: Request, office: Office) -> None:
        """Raise NotAllowedError for an account that acts for no unit."""
        del request, office
        if not is_of_a_unit(actor):
            raise NotAllowedError("此页供承办单位使用", advice="请从首页进入您的页面。")


@dataclass(frozen=True, kw_only=True, slots=True)
class Allowed(SignedIn):
    """Lets in whose role may do this, to whichever item."""

    permission: Permission

    def require(self, actor: Actor, request: Request, office: Office) -> None:
        """Raise NotAllowedError for an account without such a role."""
        del request, office
        require_role(self.permission, actor)


@dataclass(frozen=True, kw_only=True, slots=True)
class OfItem(Allowed):
    """Lets in who may do this to the item of the address; an item he may not see is not there."""

    def require(self, actor: Actor, request: Request, office: Office) -> None:
        """Raise NotHereError for an item not seen, NotAllowedError for one he may only see."""
        require_role(Permission.READ_ITEMS, actor)
        with office.reading() as session:
            found = seen_item(session, actor, id_in(request, "item_id"))
        if found is None:
            raise NotHereError("没有这个事项")
        require(self.permission, actor, found[1])


@dataclass(frozen=True, kw_only=True, slots=True)
class OfEvidence(SignedIn):
    """Lets in who may see the item that the piece of evidence belongs to."""

    def require(self, actor: Actor, request: Request, office: Office) -> None:
        """Raise NotHereError for a file that is not there for this person."""
        require_role(Permission.READ_ITEMS, actor)
        with office.reading() as session:
            if seen_evidence(session, actor, id_in(request, "evidence_id")) is None:
                raise NotHereError("没有这份材料")


def signed_in(request: Request, office: Office) -> Person | None:
    """Return who is signed in, his cookie stamped anew with this answer."""
    settings, now = office.settings, office.now()
    shown = cookies.read(request, settings, cookies.SESSION)
    if not shown:
        return None
    with office.reading() as session:
        person = person_of(session, settings, shown, now=now)
    if person is not None:
        fresh = cookie_of(settings, person.token, now=now)
        cookies.keep(request, settings, cookies.SESSION, fresh)
    return person


def require_role(permission: Permission, actor: Actor) -> None:
    """Raise NotAllowedError unless one of the actor's roles may do this at all."""
    right = RIGHTS[permission]
    if not right.roles & actor.roles:
        roles = "、".join(role.label for role in sorted(right.roles))
        raise NotAllowedError(f"您的账号不能{permission.label}", advice=f"可由{roles}办理。")


def id_in(request: Request, name: str) -> UUID:
    """Return the id in the address; NotHereError when it is not one."""
    try:
        return UUID(request.path_params[name])
    except ValueError as error:
        raise NotHereError("没有这个页面") from error

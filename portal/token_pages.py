"""接口 (administrator): tokens of other systems made and shown once, listed, revoked."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends
from starlette.responses import Response

from portal.access import Allowed, id_in
from portal.forms import Reading
from portal.screens import show
from portal.visits import Visit
from services.form_answers import Answer
from services.integration_tokens import (
    LONGEST_DAYS,
    USUAL_DAYS,
    Made,
    NewToken,
    TokenLine,
    TokenStanding,
    add_token,
    listed,
    revoke_token,
)
from services.outbox_views import unit_names
from services.plans import the_office, unit_named
from supervision.errors import UsageError
from supervision.integrations import role_of
from supervision.vocabulary import Permission, Scope

pages = APIRouter()
Keeper = Annotated[Visit, Depends(Allowed(permission=Permission.MANAGE_TOKENS))]
SCOPE = "scope-"  # before a scope in the name of its box
SHOWN_ONCE = "令牌已建立，只显示那一次；没有抄下的，请撤销后另建一个。"


@pages.get("/tokens")
def tokens_page(visit: Keeper) -> Response:
    """Show every token and the form for another."""
    return _screen(visit)


@pages.post("/tokens")
def add(visit: Keeper) -> Response:
    """Make a token and show it; a form that is sent again leads back, for it is shown once."""
    made: list[Made] = []

    def work(session: Any) -> Answer:  # noqa: ANN401 - the services' own session
        made.append(add_token(session, visit.office, _typed(visit, session), visit.actor))
        return Answer(location="/tokens", message=SHOWN_ONCE)

    try:
        led_back = visit.once(work)
    except UsageError as error:
        return _screen(visit, error)
    return show(visit, "token_made.html", "接口令牌已建立", made=made[0]) if made else led_back


@pages.post("/tokens/{token_id}/revoke")
def revoke(visit: Keeper) -> Response:
    """Revoke a token: from now on its system is turned away."""

    def work(session: Any) -> Answer:  # noqa: ANN401 - the services' own session
        token = _of_address(visit, session)
        revoke_token(session, visit.office, token.name, visit.actor)
        return Answer(location="/tokens", message=f"已撤销令牌“{token.name}”，即刻起不能再用。")

    try:
        return visit.once(work)
    except UsageError as error:
        return _screen(visit, error)


def _of_address(visit: Visit, session: Any) -> TokenLine:  # noqa: ANN401
    token_id = id_in(visit.request, "token_id")
    there = listed(session, today=visit.today)
    found = next((token for token in there if token.id == token_id), None)
    if found is None:
        raise UsageError("没有这个令牌", advice="请在下面选取。")
    return found


def _typed(visit: Visit, session: Any) -> NewToken:  # noqa: ANN401
    reading = Reading(visit.form)
    name, unit = reading.text("name", "对接系统的名称"), reading.optional("unit")
    days = reading.whole_number("days", "有效天数")
    reading.require_sound()
    office_id = the_office(session).id
    return NewToken(
        name=name,
        scopes=frozenset(scope for scope in Scope if visit.form.text(SCOPE + scope.value)),
        unit_id=unit_named(session, office_id, unit) if unit else None,
        days=USUAL_DAYS if days is None else days,
    )


def _screen(visit: Visit, error: UsageError | None = None) -> Response:
    with visit.office.reading() as session:
        return show(
            visit,
            "tokens.html",
            "接口",
            error=error,
            tokens=listed(session, today=visit.today),
            in_use=TokenStanding.IN_USE,
            units=unit_names(session),
            scopes=[(scope, SCOPE + scope.value, _whose(scope)) for scope in Scope],
            typed=visit.form,
            usual_days=USUAL_DAYS,
            longest_days=LONGEST_DAYS,
        )


def _whose(scope: Scope) -> str:
    """Return what is said of a scope that not every token can have."""
    if role_of(scope, of_unit=True) is None:
        return "（仅办公室）"
    return "（仅单位）" if role_of(scope, of_unit=False) is None else ""

"""The programming interface as one application: its routes, refusals, bounds and description."""

from typing import Any

from fastapi import FastAPI
from starlette.types import ASGIApp

from api import act_routes, item_routes, paper_routes, problems
from api.bounds import Bounded, Pace
from api.documents import TITLE, described
from services.office import Office

DESCRIPTION = "/api/openapi.json"
PARTS = (item_routes, act_routes, paper_routes)


def create_api(office: Office) -> FastAPI:
    """Return the application of an office; it is described on this machine only.

    In production the description is not served: `duban api schema` writes it.
    """
    app = FastAPI(title=TITLE, docs_url=None, redoc_url=None, openapi_url=None)
    app.state.office = office
    app.state.pace = Pace(office.settings.api_per_minute)
    for part in PARTS:  # as plain routes, so that whoever walks them finds them
        app.router.routes.extend(part.routes.routes)
    problems.add_to(app)
    if not office.settings.portal_is_public:
        app.add_api_route(DESCRIPTION, lambda: described(app), include_in_schema=False)
    return app


def served_api(office: Office) -> ASGIApp:
    """Return what a server serves: the application within its bounds."""
    return Bounded(create_api(office))


def description(office: Office) -> dict[str, Any]:
    """Return the description of the interface (OpenAPI 3.1)."""
    return described(create_api(office))

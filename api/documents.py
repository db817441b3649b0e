"""What the description of the interface (OpenAPI) says beside what the routes say themselves."""

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute
from starlette.responses import Response

from api.problems import MEDIA_TYPE, ProblemDetails

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
TITLE = "duban"
ROOT = "/api/v1"
ABOUT = (
    "Items, reports, notices and results of 督办, for other systems. Every refusal is problem+json "
    "(RFC 9457). A request that acts carries an Idempotency-Key."
)
PROBLEM = {"schema": {"$ref": f"#/components/schemas/{ProblemDetails.__name__}"}}
Responses = dict[int | str, dict[str, Any]]
ALWAYS: Responses = {
    status: {"model": ProblemDetails, "description": what}
    for status, what in (
        (401, "No token that holds"),
        (403, "The token may not do this"),
        (422, "The request cannot be read, or is refused"),
        (429, "Too many requests in this minute"),
        ("default", "Any other refusal or fault"),
    )
}
OF_ONE: Responses = {404: {"model": ProblemDetails, "description": "Not there for this token"}}
OF_ACTS: Responses = OF_ONE | {
    409: {"model": ProblemDetails, "description": "As things stand, it cannot be done"}
}


def named(route: APIRoute) -> str:
    """Return what an operation is called: as its handler is."""
    return route.name


class WordFile(Response):
    """A Word file."""

    media_type = WORD


OF_FILES: Responses = OF_ONE | {
    200: {
        "description": "The paper",
        "content": {WORD: {"schema": {"type": "string", "format": "binary"}}},
    }
}


def described(app: FastAPI) -> dict[str, Any]:
    """Return the description of an application, its problems under their own media type."""
    made = get_openapi(title=TITLE, version="1", description=ABOUT, routes=app.routes)
    for path in made["paths"].values():
        for operation in path.values():
            for status, response in operation["responses"].items():
                if not status.startswith("2"):
                    response["content"] = {MEDIA_TYPE: PROBLEM}
    for unused in ("HTTPValidationError", "ValidationError"):
        made["components"]["schemas"].pop(unused, None)
    return made

"""Every refusal as problem+json (RFC 9457): a stable code, and what happened in Chinese."""

import errno
import logging
from collections.abc import Mapping
from uuid import uuid4

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Match

from api.errors import NotHereError, ScopeMissingError, TooManyError, UnauthorizedError
from services.integration_answers import KeyReusedError
from supervision.errors import DiskFullError, DubanError, StorageError, UsageError
from supervision.lifecycle import ForbiddenMoveError
from supervision.rights import NotAllowedError
from supervision.vocabulary import Problem

log = logging.getLogger("duban.api")
MEDIA_TYPE = "application/problem+json"
A_MINUTE = "60"
# The first kind that fits says which status and code an error has.
KINDS: tuple[tuple[type[DubanError], int, Problem], ...] = (
    (UnauthorizedError, 401, Problem.UNAUTHORIZED),
    (ScopeMissingError, 403, Problem.SCOPE_MISSING),
    (NotAllowedError, 403, Problem.NOT_ALLOWED),
    (NotHereError, 404, Problem.NOT_HERE),
    (TooManyError, 429, Problem.TOO_MANY),
    (KeyReusedError, 422, Problem.KEY_REUSED),
    (ForbiddenMoveError, 409, Problem.CONFLICT),
    (UsageError, 422, Problem.REFUSED),
    (DiskFullError, 507, Problem.DISK_FULL),
    (DubanError, 503, Problem.BUSY),
)
OF_HTTP = {404: Problem.NOT_HERE, 405: Problem.NO_SUCH_METHOD, 413: Problem.TOO_LARGE}
HEADERS = {401: {"WWW-Authenticate": "Bearer"}, 429: {"Retry-After": A_MINUTE}}
WHAT = {
    "missing": "缺少这一项",
    "extra_forbidden": "没有这一项",
    "json_invalid": "不是有效的 JSON",
    "enum": "不在可选范围内",
    "literal_error": "不在可选范围内",
}


class Fault(BaseModel):
    """One thing that is wrong with a request."""

    where: str = Field(examples=["query.page"])
    what: str


class ProblemDetails(BaseModel):
    """What is answered instead (RFC 9457)."""

    model_config = ConfigDict(json_schema_extra={"additionalProperties": False})

    type: str = Field(examples=["urn:duban:problem:not_here"])
    title: str
    status: int
    detail: str
    code: Problem
    advice: str = Field(description="What to do next; empty where there is nothing.")
    errors: list[Fault]


def add_to(app: FastAPI) -> None:
    """Give the application its answers to refusals and faults."""
    app.add_exception_handler(DubanError, _refused)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(OSError, _system)
    app.add_exception_handler(Exception, _fault)


async def _refused(_request: Request, error: Exception) -> Response:
    assert isinstance(error, DubanError)
    status, code = next((status, code) for kind, status, code in KINDS if isinstance(error, kind))
    if isinstance(error, StorageError):
        log.error("storage: %s", error)
        return answer(status, code, "内容未能读取或保存；此前保存的内容完好。")
    return answer(status, code, str(error), advice=error.advice_elsewhere)


async def _invalid(_request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    faults = [
        Fault(
            where=".".join(str(part) for part in fault["loc"]),
            what=WHAT.get(fault["type"], "不是可用的值"),
        )
        for fault in error.errors()
    ]
    return answer(422, Problem.INVALID, "请求中有内容无法识别。", errors=faults)


async def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    code = OF_HTTP.get(error.status_code, Problem.INVALID)
    headers = dict(error.headers or {})
    if code is Problem.NO_SUCH_METHOD:
        headers["Allow"] = ", ".join(_methods_at(request))
    return answer(error.status_code, code, f"{code.label}。", headers=headers)


def _methods_at(request: Request) -> list[str]:
    """Return the methods there are at an address; the router knows those of one route only."""
    found: set[str] = set()
    for route in request.app.routes:
        if route.matches(request.scope)[0] is not Match.NONE:
            found |= route.methods
    return sorted(found)


async def _system(request: Request, error: Exception) -> Response:
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
        log.error("disk full: %s", error)
        return answer(507, Problem.DISK_FULL, "本次内容未能保存；此前保存的内容完好。")
    return await _fault(request, error)


async def _fault(_request: Request, error: Exception) -> Response:
    """Say that it failed and under which number the log has it; never what went wrong inside."""
    number = uuid4().hex[:8]
    log.error("fault %s", number, exc_info=error)
    return answer(500, Problem.FAULT, f"系统内部出错，编号 {number}，请告知管理员。")


def answer(
    status: int,
    code: Problem,
    detail: str,
    *,
    advice: str = "",
    errors: list[Fault] | None = None,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """Return a problem as it is sent."""
    told = ProblemDetails(
        type=f"urn:duban:problem:{code.value}",
        title=code.label,
        status=status,
        detail=detail,
        code=code,
        advice=advice,
        errors=errors or [],
    )
    return JSONResponse(
        told.model_dump(mode="json"),
        status,
        headers={**HEADERS.get(status, {}), **(headers or {})},
        media_type=MEDIA_TYPE,
    )

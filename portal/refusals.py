"""What a person sees when something is refused or fails: the same words for all of one kind."""

import errno
import logging
from urllib.parse import quote
from uuid import uuid4

from fastapi import FastAPI
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from portal.errors import (
    ForeignFormError,
    NotHereError,
    PasswordTooOldError,
    SignInNeededError,
    TooLargeError,
    TooSlowError,
)
from portal.screens import bare, in_words
from supervision.errors import DiskFullError, DubanError, StorageError, UsageError
from supervision.rights import NotAllowedError

log = logging.getLogger("duban.portal")
SEE_OTHER = 303
STATUSES: tuple[tuple[type[DubanError], int], ...] = (
    (ForeignFormError, 403),
    (NotAllowedError, 403),
    (TooLargeError, 413),
    (TooSlowError, 408),
    (UsageError, 422),
    (DubanError, 503),
)


def add_to(app: FastAPI) -> None:
    """Give the application its answers to refusals and faults."""
    app.add_exception_handler(SignInNeededError, _to_sign_in)
    app.add_exception_handler(PasswordTooOldError, _to_password)
    app.add_exception_handler(NotHereError, _not_here)
    app.add_exception_handler(StorageError, _storage)
    app.add_exception_handler(DubanError, _refused)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(OSError, _system)
    app.add_exception_handler(Exception, _fault)


async def _to_sign_in(_request: Request, error: Exception) -> Response:
    assert isinstance(error, SignInNeededError)
    back = "" if error.led_back_to == "/" else f"?next={quote(error.led_back_to)}"
    return RedirectResponse(f"/sign-in{back}", SEE_OTHER)


async def _to_password(_request: Request, _error: Exception) -> Response:
    return RedirectResponse("/account/password", SEE_OTHER)


async def _not_here(_request: Request, _error: Exception) -> Response:
    return bare("没有这个页面", "not_here.html", 404)


async def _refused(_request: Request, error: Exception) -> Response:
    assert isinstance(error, DubanError)
    status = next(status for kind, status in STATUSES if isinstance(error, kind))
    return bare("未能办理", "refused.html", status, what=in_words(error))


async def _storage(_request: Request, error: Exception) -> Response:
    assert isinstance(error, StorageError)
    log.error("storage: %s", error)
    return _no_room() if isinstance(error, DiskFullError) else _for_now()


async def _system(request: Request, error: Exception) -> Response:
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
        log.error("disk full: %s", error)
        return _no_room()
    return await _fault(request, error)


def _no_room() -> Response:
    return PlainTextResponse(
        "服务器磁盘已满，本次内容未能保存；此前保存的内容完好。请稍后再试，并告知管理员。\n", 507
    )


def _for_now() -> Response:
    return PlainTextResponse("系统暂时繁忙，本次内容未能保存。请稍后再试。\n", 503)


async def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if error.status_code in (404, 405):
        return await _not_here(request, error)
    return bare("未能办理", "refused.html", error.status_code, what="提交的内容无法识别。")


async def _fault(_request: Request, error: Exception) -> Response:
    """Say that it failed and under which number the log has it; never what went wrong inside."""
    number = uuid4().hex[:8]
    log.error("fault %s", number, exc_info=error)
    return bare("系统出错", "fault.html", 500, number=number)

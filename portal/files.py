"""The page's own files: style sheets and scripts, for everybody, kept by the browser."""

from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.responses import Response

from portal.access import Anyone
from portal.errors import NotHereError
from portal.static_files import content
from portal.visits import Visit

pages = APIRouter()
FOR_EVER = {"Cache-Control": "public, max-age=31536000, immutable"}


@pages.get("/static/{name}")
def static_file(visit: Annotated[Visit, Depends(Anyone())], name: str) -> Response:
    """Return one of the few files there are."""
    del visit
    try:
        data, media_type = content(name)
    except KeyError as error:
        raise NotHereError("没有这个文件") from error
    return Response(data, media_type=media_type, headers=FOR_EVER)

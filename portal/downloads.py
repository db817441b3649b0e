"""Files that leave the portal: always attachments, under a name of ours, in a sandbox."""

from urllib.parse import quote
from uuid import uuid4

from starlette.responses import Response

SANDBOX = "sandbox; default-src 'none'; frame-ancestors 'none'"
LONGEST_NAME = 100
KNOWN_ENDINGS = {
    "application/pdf": ".pdf",
    "application/zip": ".zip",
    "application/ofd": ".ofd",
    "application/msword": ".doc",
    "application/vnd.ms-excel": ".xls",
    "application/vnd.ms-powerpoint": ".ppt",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": ".pptx",
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/gif": ".gif",
    "image/bmp": ".bmp",
    "image/tiff": ".tif",
    "image/webp": ".webp",
    "image/heic": ".heic",
    "text/csv": ".csv",
    "text/plain": ".txt",
}


def attachment(data: bytes, *, name: str, media_type: str) -> Response:
    """Return a file to be saved, its ending by what it really is and not by what it was called.

    It goes out as bytes of no kind, so that no browser shows it as a page of ours.
    """
    stem = name.rpartition(".")[0] or name
    safe = "".join(
        letter if letter.isalnum() or letter in "-_（）()〔〕 " else "_" for letter in stem
    )
    ending = KNOWN_ENDINGS.get(media_type, ".bin")
    plain = f"duban-{uuid4().hex[:8]}{ending}"
    full = quote(f"{safe[:LONGEST_NAME].strip() or 'duban'}{ending}")
    return Response(
        data,
        media_type="application/octet-stream",
        headers={
            "Content-Disposition": f"attachment; filename=\"{plain}\"; filename*=UTF-8''{full}",
            "Content-Security-Policy": SANDBOX,
        },
    )

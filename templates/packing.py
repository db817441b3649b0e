"""The same words give the same bytes, so that a paper can be known by its hash."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the first moment a zip can name
LEVEL = 6


def packed(content: bytes) -> bytes:
    """Return a Word file with every part as it is and no moment of packing in it."""
    buffer = BytesIO()
    with ZipFile(BytesIO(content)) as source, ZipFile(buffer, "w") as target:
        for name in source.namelist():
            part = ZipInfo(name, LONG_AGO)
            part.compress_type = ZIP_DEFLATED
            target.writestr(part, source.read(name), compresslevel=LEVEL)
    return buffer.getvalue()

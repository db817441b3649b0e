"""Lets LibreOffice break a line after 、 before a code or a year, as Word does by itself."""

import re
from io import BytesIO
from zipfile import ZipFile

TEXT = "word/document.xml"
# LibreOffice takes 「T05、T07、T14」 for one word: it moves all of it to the next line and pulls
# the line before it apart. A space of no width is where it may break.
STUCK = re.compile("([、，；])(?=[0-9A-Za-z])")


def loosened(document: bytes) -> bytes:
    """Return a Word file, for LibreOffice only, whose lists of codes may be broken at any 、."""
    buffer = BytesIO()
    with ZipFile(BytesIO(document)) as source, ZipFile(buffer, "w") as target:
        for name in source.namelist():
            part = source.read(name)
            if name == TEXT:
                part = STUCK.sub("\\1\u200b", part.decode()).encode()
            target.writestr(name, part)
    return buffer.getvalue()

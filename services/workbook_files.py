"""Whether a file that somebody handed in may be opened as a workbook at all."""

from io import BytesIO

from supervision.errors import UnreadableDocumentError
from tasks_catalog.readers.package import package_in

LARGEST_FILE = 8 * 1024 * 1024  # bytes; a unit's workbook has some tens of thousands
MOST_TAGS = 400_000  # in all parts: what reading costs grows with elements, not with bytes
BEFORE_MARKUP = b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n"  # marks, other encodings' zeros, blanks


def require_sound(content: bytes, name: str) -> None:
    """Raise UnreadableDocumentError for what is no plain .xlsx: damaged, locked, macros, a bomb.

    Every part that is markup is looked through, whatever it is called, so that no entity and no
    part that inflates beyond reason reaches the reader.
    """
    if len(content) > LARGEST_FILE:
        raise UnreadableDocumentError(
            f"文件“{name}”超过 {LARGEST_FILE // 1024 // 1024} MB",
            advice="调度表只填文字和数字；请删去图片等内容后重试，佐证材料另行上传。",
        )
    tags = 0
    with package_in(BytesIO(content), name) as package:
        for part in package.names:
            inside = package.read(part)
            tags += inside.count(b"<")
            if tags > MOST_TAGS:
                raise UnreadableDocumentError(
                    f"文件“{name}”的内容远多于一份调度表",
                    advice="请删去多余的行、列、工作表和格式后重试。",
                )
            if inside.lstrip(BEFORE_MARKUP)[:1] == b"<":
                package.xml(part)

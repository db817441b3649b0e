"""Pure: lines that are notes, 抄送, 印发 and the like: kept with the plan, asking nothing."""

import re

from tasks_catalog.outline import clean

REMARK = re.compile(
    r"(?:备注|注|说明|附注|填表说明)\s*\d?\s*[：:]|[★●※*＊▲]|抄\s*[送报]\s*[：:]|主\s*送\s*[：:]|主题词"
    r"|（?(?:联系人|此件|信息公开)|\S*\s*\d{4}年\d{1,2}月\d{1,2}日\s*印发"
)


def is_remark(text: str) -> bool:
    """Tell whether a line is a note, 抄送, 印发 or the like, kept as a remark of the plan."""
    return bool(REMARK.match(clean(text)))

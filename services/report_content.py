"""What a quarterly report says, and whether it can be taken as it stands."""

import unicodedata
from dataclasses import dataclass
from decimal import Decimal

from supervision.errors import UsageError
from supervision.vocabulary import ItemKind

MOST_CHARACTERS = 10_000  # of one text; a spreadsheet's cell holds three times as many
MOST_WAN = Decimal(10) ** 12
ALL_OF_IT = 100
UNSEEN = ("Cc", "Cf", "Cs")  # controls, marks of direction, halves of characters


@dataclass(frozen=True, kw_only=True, slots=True)
class ReportContent:
    """What a report says, as of its day; only a form may have an empty `progress`."""

    progress: str  # 本季进展
    percent: int | None = None  # 累计进度, 0 to 100
    stage: str | None = None  # 形象进度
    problems: str | None = None  # 存在问题
    help_wanted: str | None = None  # 需协调事项
    next_step: str | None = None  # 下步计划
    evidence_note: str | None = None  # 佐证说明: names and numbers of papers, not the papers
    invested_wan: Decimal | None = None  # 累计完成投资 (万元), of projects only


@dataclass(frozen=True, kw_only=True, slots=True)
class Reported:
    """What a report is about, as far as it decides what may be said."""

    code: str
    kind: ItemKind
    accepted_percent: int | None  # how far the item was when last accepted


def checked(content: ReportContent, about: Reported) -> ReportContent:
    """Return the content with its texts cleaned; UsageError says what cannot be taken, and why."""
    progress = cleaned(content.progress)
    if progress is None:
        raise UsageError(f"{about.code}没有填写本季进展", advice="请写明本季做了什么，再报送。")
    said = ReportContent(
        progress=progress,
        percent=_share(content.percent),
        stage=cleaned(content.stage),
        problems=cleaned(content.problems),
        help_wanted=cleaned(content.help_wanted),
        next_step=cleaned(content.next_step),
        evidence_note=cleaned(content.evidence_note),
        invested_wan=_invested(content.invested_wan, about),
    )
    _require_explained(said, about)
    return said


def cleaned(text: str | None) -> str | None:
    """Return a text without what no page shows; None when nothing is left."""
    lines = (text or "").replace("\r\n", "\n").replace("\r", "\n")
    shown = "".join(
        letter for letter in lines if letter in "\n\t" or unicodedata.category(letter) not in UNSEEN
    ).strip()
    if len(shown) > MOST_CHARACTERS:
        raise UsageError(
            f"一项内容有{len(shown)}字，超过{MOST_CHARACTERS}字",
            advice="请精简，详情可作佐证上传。",
        )
    return shown or None


def _share(percent: int | None) -> int | None:
    if percent is not None and not 0 <= percent <= ALL_OF_IT:
        raise UsageError(f"累计进度{percent}不在0到100之间", advice="请填0到100的整数。")
    return percent


def _invested(wan: Decimal | None, about: Reported) -> Decimal | None:
    if wan is None:
        return None
    if about.kind is not ItemKind.PROJECT:
        raise UsageError(f"{about.code}不是项目，不填完成投资", advice="请留空此项。")
    if not wan.is_finite() or not 0 <= wan < MOST_WAN:
        raise UsageError(f"累计完成投资“{wan}”不是有效金额", advice="请按万元填写不小于0的数。")
    return wan.quantize(Decimal("0.01"))


def _require_explained(said: ReportContent, about: Reported) -> None:
    """Refuse a share below the last accepted one that nobody explains: mostly a slip of the pen."""
    if said.percent is None or about.accepted_percent is None or said.problems:
        return
    if said.percent < about.accepted_percent:
        raise UsageError(
            f"{about.code}累计进度由{about.accepted_percent}%降为{said.percent}%",
            advice="请核对；确有回退的，请在“存在问题”中写明原因。",
        )

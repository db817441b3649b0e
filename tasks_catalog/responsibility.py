"""Pure: the words in or after a paragraph that say who answers for it and by when."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from supervision.vocabulary import DeadlineKind
from tasks_catalog.columns import ROLES, Column, column_of
from tasks_catalog.deadlines import read_deadline
from tasks_catalog.fitness import UNIT_NAME, fitness

PAIRS = {"〕": "〔", "）": "（", ")": "(", "］": "［", "]": "[", "】": "【"}
SEPARATORS = "；;，,。、 \u3000"
# A label opens the paragraph, a sentence or what follows a bracket: 责任单位：, 牵头（配合）单位：
LABEL = re.compile(
    r"(?:^|(?<=[。；;，,、！\s）)〕】\]（(〔【\[]))"
    r"(?P<label>[\u4e00-\u9fff]{2,10}(?:[（(][\u4e00-\u9fff、]{1,8}[）)][\u4e00-\u9fff]{0,4})?)\s*[：:]"
)
SAYS_WHO = re.compile(r"牵头|配合|分工负责|负责(实施|落实)?$|具体落实$|抓落实$|主办|协办")
# 以下均需各市政府负责，不再列出; 下同: a remark on what follows, not a unit.
REPEATED = re.compile(
    r"[，,。；;]?\s*(以下(均|各项|同|任务|都)|下同|不再(逐一)?列出).*$", re.DOTALL
)
SAID = (*ROLES, Column.DEADLINE)


@dataclass(slots=True)
class Duty:
    """Who and when, as a paragraph says it; `text` is the paragraph without those words."""

    text: str
    printed: dict[str, str] = field(default_factory=dict)  # label -> words, as printed
    parts: dict[Column, str] = field(default_factory=dict)

    @property
    def names_somebody(self) -> bool:
        """Tell whether it says who, not only when."""
        return any(self.parts.get(role) for role in ROLES)

    def before(self, later: "Duty", *, text: str) -> "Duty":
        """Return both as one, this one printed first."""
        parts = dict(self.parts)
        for column, words in later.parts.items():
            parts[column] = "、".join(filter(None, (parts.get(column), words)))
        return Duty(text, self.printed | later.printed, parts)


def duty_of(paragraph: str) -> Duty | None:
    """Return what a paragraph says about who and when, or None where it says neither.

    Read are brackets of any kind at its end, several in a row too, with labels (责任单位：…) or
    without (某局牵头，某局配合), and labels that open a sentence outside brackets.
    """
    duty = Duty(paragraph.rstrip())
    while further := _at_end(duty):
        duty = further
    return duty if duty.parts else None


def _at_end(duty: Duty) -> Duty | None:
    bracket = _last_bracket(duty.text)
    if bracket:
        start, inside = bracket
        inside = REPEATED.sub("", inside)
        said = _labelled(inside) if LABEL.search(inside) else _unlabelled(inside)
        if said and said.parts:
            return said.before(duty, text=duty.text[:start].rstrip())
    return _open_labels(duty)


def _last_bracket(text: str) -> tuple[int, str] | None:
    """Return where the bracket that ends the text begins, and its inside; brackets may nest."""
    text = text.rstrip(SEPARATORS)
    if not text or text[-1] not in PAIRS:
        return None
    closing, opening, depth = text[-1], PAIRS[text[-1]], 0
    for place in range(len(text) - 1, -1, -1):
        depth += (text[place] == closing) - (text[place] == opening)
        if depth == 0:
            return place, text[place + 1 : -1].strip()
    return None


def _open_labels(duty: Duty) -> Duty | None:
    """Read labels that open a sentence outside brackets; what they do not announce stays text."""
    for label in LABEL.finditer(duty.text):
        opens = label.start() == 0 or duty.text[label.start() - 1] not in "（(〔【[，,、"
        if opens and column_of(label["label"]) in SAID:
            said = _labelled(duty.text[label.start() :])
            rest = (duty.text[: label.start()].rstrip(), said.text)
            return said.before(duty, text="\n".join(part for part in rest if part))
    return None


def _labelled(phrase: str) -> Duty:
    """Return what labels announce; the text of other labels is kept as text.

    What stands before the first label may say who by itself (某局牵头；完成时限：…).
    """
    first = LABEL.search(phrase)
    unlabelled = phrase[: first.start()].strip(SEPARATORS) if first else ""
    duty = (_unlabelled(unlabelled) if unlabelled else None) or Duty(unlabelled)
    for label, words in _by_label(phrase):
        column = column_of(label)
        value, _, rest = words.partition("。")
        if column in SAID:
            value = value.strip(SEPARATORS)
            duty.parts[column] = "、".join(filter(None, (duty.parts.get(column), value)))
            duty.printed[label] = value
        else:
            rest = f"{label}：{words}"
        duty.text = "\n".join(part for part in (duty.text, rest.strip(SEPARATORS)) if part)
    return duty


def _by_label(phrase: str) -> Iterator[tuple[str, str]]:
    labels = list(LABEL.finditer(phrase))
    ends = [label.start() for label in labels[1:]] + [len(phrase)]
    for label, end in zip(labels, ends, strict=True):
        yield label["label"], phrase[label.end() : end].strip()


def _unlabelled(phrase: str) -> Duty | None:
    """Read the inside of a bracket without labels, if it names somebody or a date."""
    clauses = [clause.strip() for clause in re.split(r"[，,；;。]", phrase) if clause.strip()]
    dated = [clause for clause in clauses if _dates(clause)]
    named = [clause for clause in clauses if clause not in dated]
    says_who = any(SAYS_WHO.search(clause) for clause in (phrase, *named))
    if not (says_who or _all_units(named)) and not (dated and not named):
        return None
    who = phrase
    for clause in dated:
        who = who.replace(clause, "").strip(SEPARATORS)
    parts = {Column.RESPONSIBLE: who} if named else {}
    return Duty(
        "",
        {"责任单位" if named else "完成时限": phrase},
        parts | ({Column.DEADLINE: dated[0]} if dated else {}),
    )


def _dates(clause: str) -> bool:
    """Tell whether a clause is a deadline by itself."""
    if SAYS_WHO.search(clause) or fitness(clause, Column.DEADLINE) < 1:
        return False
    return read_deadline(clause).kind not in {DeadlineKind.UNCLEAR, DeadlineKind.NONE} or bool(
        re.search(r"\d{1,2}月|年底", clause)
    )


def _all_units(clauses: list[str]) -> bool:
    names = [name for clause in clauses for name in re.split(r"[、及和]", clause)]
    return bool(names) and all(UNIT_NAME.fullmatch(name.strip()) for name in names)

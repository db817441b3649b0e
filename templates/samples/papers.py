"""The samples by kind of paper, and every shape a paper takes."""

from dataclasses import replace

from supervision.vocabulary import Decision, PaperKind
from templates.samples import items, notices, rounds
from templates.words import OfficialWords, PaperWords

BY_KIND: dict[PaperKind, PaperWords] = {
    words.paper: words
    for words in (
        notices.reminder,
        notices.blue,
        notices.company,
        notices.interview,
        rounds.dispatch,
        rounds.circular,
        rounds.summary,
        items.duties,
        rounds.receipt,
        items.extension,
        items.close_out,
        items.findings,
    )
}
# Shapes of a kind beside its first sample, by a name for people.
OTHERS: dict[str, PaperWords] = {
    "supervision-red": notices.red,
    "extension-refused": replace(
        items.extension,
        title="关于不同意生活垃圾分类专项规划编制任务延期的批复",
        decision=Decision.REFUSED,
        due_on=items.extension.due_on_before,
        opinion="市级规划已于2025年9月印发，延期理由不充分。",
    ),
}


def draft(words: OfficialWords) -> OfficialWords:
    """Return a paper as it stands before anybody signed it."""
    return replace(words, is_draft=True, number="", issued_on=None, printed_on=None)


def shapes() -> dict[str, PaperWords]:
    """Return every shape of every paper by its name: issued, drafted and the other branches."""
    issued = {kind.value: words for kind, words in BY_KIND.items()}
    drafts = {
        f"{name}-draft": draft(words)
        for name, words in issued.items()
        if isinstance(words, OfficialWords)
    }
    return issued | drafts | OTHERS

"""The words of the field in one place to ask for; they stand by subject in `supervision/words/`."""

from supervision.words.base import Word, word_named
from supervision.words.desk import DeskList, RoundShow
from supervision.words.dispatch import (
    CellFate,
    DayKind,
    ObligationState,
    RoundState,
    RowFate,
    SweepPart,
)
from supervision.words.files import Decision, EvidenceKind, ExtensionLack, MeetingKind, Presence
from supervision.words.integrations import Problem, Scope
from supervision.words.items import Grade, ItemEvent, ItemState, Light, Move, Need
from supervision.words.links import FeedKind, LinkPurpose, LinkStanding
from supervision.words.messages import ChannelKind, ContactPost, MessageKind, MessageState, Topic
from supervision.words.notices import (
    CircularState,
    NoticeMove,
    NoticeState,
    NumberSeries,
    Rung,
)
from supervision.words.papers import PaperKind
from supervision.words.people import Permission, Role
from supervision.words.plan import (
    DeadlineKind,
    Direction,
    HistoricRuling,
    ItemKind,
    Mark,
    PlanDraftState,
    Relation,
    Ruling,
    Severity,
    UnitKind,
)
from supervision.words.portal import TodoPart
from supervision.words.simulating import Deed

__all__ = [
    "CellFate",
    "ChannelKind",
    "CircularState",
    "ContactPost",
    "DayKind",
    "DeadlineKind",
    "Decision",
    "Deed",
    "DeskList",
    "Direction",
    "EvidenceKind",
    "ExtensionLack",
    "FeedKind",
    "Grade",
    "HistoricRuling",
    "ItemEvent",
    "ItemKind",
    "ItemState",
    "Light",
    "LinkPurpose",
    "LinkStanding",
    "Mark",
    "MeetingKind",
    "MessageKind",
    "MessageState",
    "Move",
    "Need",
    "NoticeMove",
    "NoticeState",
    "NumberSeries",
    "ObligationState",
    "PaperKind",
    "Permission",
    "PlanDraftState",
    "Presence",
    "Problem",
    "Relation",
    "Role",
    "RoundShow",
    "RoundState",
    "RowFate",
    "Ruling",
    "Rung",
    "Scope",
    "Severity",
    "SweepPart",
    "TodoPart",
    "Topic",
    "UnitKind",
    "Word",
    "word_named",
]

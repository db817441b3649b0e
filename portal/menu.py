"""The way round the portal: which pages a person is led to, by groups, and which comes first."""

from collections.abc import Callable
from dataclasses import dataclass

from supervision.rights import RIGHTS, Actor
from supervision.sight import is_at_the_desk, is_of_a_unit, sees_all
from supervision.vocabulary import Permission

ACCOUNT = "/account"
FEW = 6  # so many entries are seen at a glance: they stand side by side, in no group
ALONE = ""
SUPERVISION, PAPERS, BOOKS, SETTINGS = "督办", "文书", "台账", "设置"


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """One entry of the menu; it stands alone unless it names a group."""

    label: str
    path: str
    is_for: Callable[[Actor], bool]
    group: str = ALONE

    def leads_to(self, path: str) -> bool:
        """Return whether a page is this entry's own or stands below it."""
        return path == self.path or path.startswith(f"{self.path}/")


@dataclass(frozen=True, kw_only=True, slots=True)
class Group:
    """Entries that open together; one entry alone is shown without its group's name."""

    label: str
    entries: tuple[Entry, ...]


def allowed(permission: Permission) -> Callable[[Actor], bool]:
    """Return whether an entry is for a person: whoever's role may do this."""
    return lambda actor: bool(RIGHTS[permission].roles & actor.roles)


# In the order shown; the first one that is for a person is the page he begins at.
ENTRIES: tuple[Entry, ...] = (
    Entry(label="工作台", path="/desk", is_for=is_at_the_desk),
    Entry(label="季度调度", path="/rounds", is_for=is_at_the_desk),
    Entry(label="待我决定", path="/decisions", is_for=is_at_the_desk, group=SUPERVISION),
    Entry(label="我的待办", path="/todo", is_for=is_of_a_unit),
    Entry(label="收到的通知", path="/received", is_for=is_of_a_unit),
    Entry(label="逾期总览", path="/overdue", is_for=sees_all, group=SUPERVISION),
    Entry(label="一页情况", path="/one-page", is_for=sees_all, group=SUPERVISION),
    Entry(label="统计", path="/statistics", is_for=sees_all, group=SUPERVISION),
    Entry(label="督导检查", path="/inspections", is_for=sees_all, group=SUPERVISION),
    Entry(label="会议", path="/meetings", is_for=sees_all, group=SUPERVISION),
    Entry(label="通知文书", path="/notices", is_for=sees_all, group=PAPERS),
    Entry(label="拟制文书", path="/papers", is_for=sees_all, group=PAPERS),
    Entry(label="督查通报", path="/circulars", is_for=sees_all, group=PAPERS),
    Entry(label="事项库", path="/items", is_for=sees_all, group=BOOKS),
    Entry(label="指标", path="/indicators", is_for=sees_all, group=BOOKS),
    Entry(
        label="计划与核对", path="/plans", is_for=allowed(Permission.MANAGE_CONTACTS), group=BOOKS
    ),
    Entry(label="规则", path="/rules", is_for=is_at_the_desk, group=SETTINGS),
    Entry(label="日历", path="/calendar", is_for=is_at_the_desk, group=SETTINGS),
    Entry(label="投递台", path="/outbox", is_for=allowed(Permission.RUN_OUTBOX), group=SETTINGS),
    Entry(
        label="单位与联系人",
        path="/contacts",
        is_for=allowed(Permission.MANAGE_CONTACTS),
        group=SETTINGS,
    ),
    Entry(
        label="账号", path="/accounts", is_for=allowed(Permission.MANAGE_ACCOUNTS), group=SETTINGS
    ),
    Entry(
        label="渠道", path="/channels", is_for=allowed(Permission.MANAGE_CHANNELS), group=SETTINGS
    ),
    Entry(label="接口", path="/tokens", is_for=allowed(Permission.MANAGE_TOKENS), group=SETTINGS),
    Entry(label="审计", path="/record", is_for=allowed(Permission.READ_RECORD), group=SETTINGS),
    Entry(label="体检", path="/health", is_for=allowed(Permission.MANAGE_ACCOUNTS), group=SETTINGS),
    Entry(label="帮助", path="/help", is_for=lambda actor: bool(actor.roles)),
)


def menu_of(actor: Actor) -> tuple[Group, ...]:
    """Return the groups that are for a person, an entry that stands alone as a group of one."""
    entries = entries_of(actor)
    if len(entries) <= FEW:
        return tuple(Group(label=ALONE, entries=(entry,)) for entry in entries)
    gathered: dict[str, list[Entry]] = {}  # in the order of each group's first entry
    for entry in entries:
        gathered.setdefault(entry.group or entry.path, []).append(entry)
    return tuple(Group(label=own[0].group, entries=tuple(own)) for own in gathered.values())


def entries_of(actor: Actor) -> tuple[Entry, ...]:
    """Return the entries that are for a person, in the order of the menu."""
    return tuple(entry for entry in ENTRIES if entry.is_for(actor))


def home_of(actor: Actor) -> str:
    """Return the page a person begins at; one without any is shown his account."""
    return next((entry.path for entry in entries_of(actor)), ACCOUNT)

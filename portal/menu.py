"""The way round the portal: which pages a person's roles lead to, and which comes first."""

from collections.abc import Callable
from dataclasses import dataclass

from supervision.rights import RIGHTS, Actor
from supervision.sight import is_at_the_desk, is_of_a_unit, sees_all
from supervision.vocabulary import Permission

ACCOUNT = "/account"


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """One entry of the menu."""

    label: str
    path: str
    is_for: Callable[[Actor], bool]


def allowed(permission: Permission) -> Callable[[Actor], bool]:
    """Return whether an entry is for a person: whoever's role may do this."""
    return lambda actor: bool(RIGHTS[permission].roles & actor.roles)


# In the order shown; the first one that is for a person is the page he begins at.
ENTRIES: tuple[Entry, ...] = (
    Entry(label="工作台", path="/desk", is_for=is_at_the_desk),
    Entry(label="季度调度", path="/rounds", is_for=is_at_the_desk),
    Entry(label="待我决定", path="/decisions", is_for=is_at_the_desk),
    Entry(label="我的待办", path="/todo", is_for=is_of_a_unit),
    Entry(label="收到的通知", path="/received", is_for=is_of_a_unit),
    Entry(label="逾期总览", path="/overdue", is_for=sees_all),
    Entry(label="一页情况", path="/one-page", is_for=sees_all),
    Entry(label="通知文书", path="/notices", is_for=sees_all),
    Entry(label="拟制文书", path="/papers", is_for=sees_all),
    Entry(label="督导检查", path="/inspections", is_for=sees_all),
    Entry(label="督查通报", path="/circulars", is_for=sees_all),
    Entry(label="事项库", path="/items", is_for=sees_all),
    Entry(label="规则", path="/rules", is_for=is_at_the_desk),
    Entry(label="投递台", path="/outbox", is_for=allowed(Permission.RUN_OUTBOX)),
    Entry(label="单位与联系人", path="/contacts", is_for=allowed(Permission.MANAGE_CONTACTS)),
    Entry(label="账号", path="/accounts", is_for=allowed(Permission.MANAGE_ACCOUNTS)),
    Entry(label="渠道", path="/channels", is_for=allowed(Permission.MANAGE_CHANNELS)),
    Entry(label="审计", path="/record", is_for=allowed(Permission.READ_RECORD)),
    Entry(label="体检", path="/health", is_for=allowed(Permission.MANAGE_ACCOUNTS)),
    Entry(label="帮助", path="/help", is_for=lambda actor: bool(actor.roles)),
)


def menu_of(actor: Actor) -> tuple[Entry, ...]:
    """Return the entries that are for a person."""
    return tuple(entry for entry in ENTRIES if entry.is_for(actor))


def home_of(actor: Actor) -> str:
    """Return the page a person begins at; one without any is shown his account."""
    return next((entry.path for entry in menu_of(actor)), ACCOUNT)

"""What a token may do: for each scope ONE right of the table of rights, and as whom it is used.

A token is nobody's account. At each request it acts in the one role that its scope needs, so that
one for reading reads, and one for asking for a later date does not hand in reports as a head.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from uuid import UUID

from supervision.errors import UsageError
from supervision.rights import Actor
from supervision.vocabulary import Permission, Role, Scope

NAMED = "接口：{}"  # no account can bear such a name: it has a colon


@dataclass(frozen=True, kw_only=True, slots=True)
class Grant:
    """The right behind a scope, and the role it is used in; None where it cannot be given."""

    permission: Permission
    of_unit: Role | None = Role.LIAISON
    of_office: Role | None = Role.SUPERVISOR  # reads everything, and writes nothing by a scope


P = Permission
SCOPES: Mapping[Scope, Grant] = MappingProxyType(
    {
        Scope.READ_ITEMS: Grant(permission=P.READ_ITEMS),
        Scope.READ_OVERDUE: Grant(permission=P.READ_ITEMS),
        Scope.READ_ROUNDS: Grant(permission=P.READ_ITEMS),
        Scope.READ_REPORTS: Grant(permission=P.READ_ITEMS),
        Scope.READ_NOTICES: Grant(permission=P.READ_ITEMS),
        Scope.READ_CIRCULARS: Grant(permission=P.READ_ITEMS, of_unit=None),
        Scope.ACKNOWLEDGE: Grant(permission=P.ACKNOWLEDGE, of_office=None),
        Scope.WRITE_REPORTS: Grant(permission=P.REPORT, of_office=None),
        Scope.ASK_EXTENSION: Grant(permission=P.ASK_EXTENSION, of_unit=Role.HEAD, of_office=None),
        Scope.EXPORT_RESULTS: Grant(permission=P.READ_ITEMS, of_unit=None),
    }
)


def role_of(scope: Scope, *, of_unit: bool) -> Role | None:
    """Return the role a scope is used in, None when a token of that sort cannot have it."""
    grant = SCOPES[scope]
    return grant.of_unit if of_unit else grant.of_office


def require_fitting(scopes: Collection[Scope], *, of_unit: bool) -> None:
    """Raise UsageError for no scope, or for one that a unit's or the office's token cannot have."""
    if not scopes:
        raise UsageError("令牌至少要有一项用途", advice=f"可选：{_there(of_unit=of_unit)}。")
    wrong = [
        scope.label for scope in Scope if scope in scopes and not role_of(scope, of_unit=of_unit)
    ]
    if wrong:
        whose = "单位的令牌" if of_unit else "办公室的令牌"
        raise UsageError(
            f"{whose}不能用于{'、'.join(wrong)}", advice=f"可选：{_there(of_unit=of_unit)}。"
        )


def _there(*, of_unit: bool) -> str:
    fitting = (scope for scope in Scope if role_of(scope, of_unit=of_unit))
    return "、".join(f"{scope.value} {scope.label}" for scope in fitting)


def acting(name: str, unit_id: UUID | None, scope: Scope) -> Actor:
    """Return who acts when a token is used for one of its scopes."""
    role = role_of(scope, of_unit=unit_id is not None)
    roles = frozenset() if role is None else frozenset({role})
    return Actor(name=NAMED.format(name), roles=roles, unit_id=unit_id)

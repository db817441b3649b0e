"""Every route of the portal with its guard, as the application itself has them."""

from dataclasses import dataclass

from fastapi import FastAPI
from fastapi.routing import APIRoute

from portal.access import Guard


@dataclass(frozen=True, kw_only=True, slots=True)
class Door:
    """A method of a route and the guards that stand before it: there must be one."""

    method: str
    path: str
    guards: tuple[Guard, ...]

    @property
    def guard(self) -> Guard:
        (found,) = self.guards
        return found

    @property
    def name(self) -> str:
        return f"{self.method} {self.path}"


def doors_of(app: FastAPI) -> list[Door]:
    """Return every door there is; anything that is not a plain route shows as one without guard."""
    return [
        Door(method=method, path=getattr(route, "path", "?"), guards=_guards(route))
        for route in app.routes
        for method in sorted(getattr(route, "methods", None) or {"?"})
    ]


def _guards(route: object) -> tuple[Guard, ...]:
    if not isinstance(route, APIRoute):
        return ()
    calls = (dependency.call for dependency in route.dependant.dependencies)
    return tuple(call for call in calls if isinstance(call, Guard))

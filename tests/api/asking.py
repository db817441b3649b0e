"""Schemathesis on the interface in this process: all phases, as one token, and what it found."""

from collections import Counter
from dataclasses import dataclass, field

import schemathesis
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import Status, events, from_schema
from schemathesis.engine.recorder import ScenarioRecorder

from api.app import DESCRIPTION
from portal.app import served
from services.office import Office
from services.settings import read_settings

PHASES = ("examples", "coverage", "fuzzing", "stateful")
CHECKS = (
    "not_a_server_error",
    "ignored_auth",
    "use_after_free",
    "ensure_resource_availability",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
    "negative_data_rejection",
    "missing_required_header",
    "unsupported_method",
)


@dataclass
class Found:
    """What became of all that was asked."""

    faults: list[str] = field(default_factory=list)
    phases: dict[str, Status] = field(default_factory=dict)
    answers: Counter[tuple[str, int]] = field(default_factory=Counter)  # by operation and status

    def note(self, recorder: ScenarioRecorder) -> None:
        for exchange in recorder.interactions.values():
            if exchange.response is not None:
                self.answers[recorder.label, exchange.response.status_code] += 1
        for case_id, checks in recorder.checks.items():
            case = recorder.cases[case_id].value
            self.faults += [
                f"{check.name}: {case.method} {case.path} {case.query} {case.body!r} "
                f"{check.failure_info.failure}"
                for check in checks
                if check.failure_info is not None
            ]

    @property
    def answered(self) -> set[str]:
        """The operations that were once asked something they could answer."""
        return {operation for operation, status in self.answers if status < 300}


def at_full_speed(office: Office) -> Office:
    """Give the same office without a limit on how often a token may ask."""
    address = office.engine.url.render_as_string(hide_password=False)
    settings = read_settings(database_url=address, api_per_minute=10**9)
    return Office(settings, office.engine, office.now)


def ask_anything(office: Office, token: str, *, examples: int, phases: tuple[str, ...]) -> Found:
    """Ask whatever the description allows and forbids, the same in every run."""
    stated = {
        "seed": 1,
        "auth": {"openapi": {"token": {"bearer": token}}},
        "checks": {"positive_data_acceptance": {"enabled": False}}  # duban's rules refuse more
        | {name: {"enabled": True} for name in CHECKS},
        "phases": {name: {"enabled": name in phases} for name in PHASES},
        "generation": {"max-examples": examples, "deterministic": True, "database": "none"},
    }
    schema = schemathesis.openapi.from_asgi(
        DESCRIPTION, served(at_full_speed(office)), config=SchemathesisConfig.from_dict(stated)
    )
    found = Found()
    for event in from_schema(schema).execute():
        if isinstance(event, events.PhaseFinished):
            found.phases[event.phase.name.value] = event.status
        elif isinstance(event, events.ScenarioFinished):
            found.note(event.recorder)
        elif isinstance(event, events.NonFatalError):
            found.faults.append(f"{event.label}: {event.value!r}")
        elif isinstance(event, events.FatalError):
            raise event.exception
    return found

"""The office at work: settings, engine, policy and THE clock, wired once."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pendulum
import yaml
from sqlalchemy import Engine
from sqlmodel import Session

from db import engine as engines
from db.schema import require_current
from services.settings import Settings, read_settings
from supervision.errors import NotConfiguredError
from supervision.policy import Policy, policy_from

if TYPE_CHECKING:
    from services.file_store import Store

SHANGHAI = ZoneInfo("Asia/Shanghai")


def clock() -> datetime:
    """Return this moment, with its zone: the only place that reads the clock (docs/adr/0004)."""
    return pendulum.now(SHANGHAI.key)  # noqa: TID251


@dataclass(frozen=True)
class Office:
    """What every act needs to hand; a way in opens one and gives it to services."""

    settings: Settings
    engine: Engine
    now: Callable[[], datetime] = clock
    scratch: Path | None = None  # of a trial: it writes its files here instead

    @cached_property
    def policy(self) -> Policy:
        """The rules of the plan in force, read once from its policy file."""
        return read_policy(self.settings.plan_dir / "policy.yaml")

    @property
    def papers(self) -> "Store":
        """Where finished papers are kept."""
        return self._store(self.settings.papers)

    @property
    def evidence(self) -> "Store":
        """Where evidence is kept."""
        return self._store(self.settings.evidence)

    def _store(self, root: str | Path) -> "Store":
        from services.file_store import Store  # noqa: PLC0415 - fsspec, which lists do not need

        return Store(root, self.scratch)

    def today(self) -> date:
        """Return today's date in Shanghai, whatever the server's zone (R01)."""
        return self.now().astimezone(SHANGHAI).date()

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """Give a session for one act: all of it is kept, or nothing."""
        with engines.transaction(self.engine) as session:
            yield session

    @contextmanager
    def trial(self) -> Iterator[Session]:
        """Give a session whose work is undone at the end: what would be, without doing it."""
        with engines.transaction(self.engine) as session:
            nested = session.begin_nested()
            yield session
            nested.rollback()

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Give a session that reads one state of the database."""
        with engines.reading(self.engine) as session:
            yield session


def open_office(*, must_exist: bool = True, **options: Any) -> Office:  # noqa: ANN401 - settings
    """Return the office that the settings describe.

    Refuses a database that is missing, older or newer than this program, unless told that it need
    not exist yet (`duban init` makes it).
    """
    settings = read_settings(**options)
    engine = engines.open_engine(settings.database_address, busy_seconds=settings.busy_seconds)
    if must_exist:
        require_current(engine)
    return Office(settings=settings, engine=engine)


def read_policy(file: Path) -> Policy:
    """Return the policy of a YAML file; NotConfiguredError when it is missing or wrong."""
    try:
        document = yaml.load(file.read_bytes(), Loader=yaml.CSafeLoader)
    except (OSError, yaml.YAMLError) as error:
        raise NotConfiguredError(
            f"读不到规则文件 {file}：{error}", advice="请检查 DUBAN_PLAN_DIR 所指的目录。"
        ) from error
    return policy_from(document)

"""What every command has in common: who acts, a trial, a day, a plan, JSON; or why not."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
import typer.main

from cli.main import app
from tests.commands import Duban

# These change nothing. A command that is not listed here is taken to write.
READING = {
    "api schema",
    "audit verify",
    "burden",
    "calendar check",
    "channel list",
    "circular list",
    "circular show",
    "close-out list",
    "close-out sheet",
    "config show",
    "contact list",
    "doctor",
    "evidence list",
    "evidence verify",
    "explain deadline",
    "explain units",
    "extension list",
    "forecast",
    "inspection list",
    "item disputes",
    "item due-reviews",
    "item show",
    "items",
    "light history",
    "link list",
    "meeting list",
    "notice list",
    "notice preview",
    "notice pull",
    "notice show",
    "outbox list",
    "outbox show",
    "overdue",
    "paper dispatch",
    "paper duties",
    "paper extension",
    "paper receipt",
    "paper reminder",
    "paper summary",
    "plan draft list",
    "plan draft show",
    "plan findings",
    "plan list",
    "plan read",
    "report show",
    "round milestones list",
    "round snapshot",
    "round status",
    "round unsigned",
    "round workbook export",
    "simulate",
    "template export",
    "template lint",
    "template list",
    "token list",
    "user list",
    "user stale",
}
WRITING_HAS = {"--as", "--as-of", "--dry-run", "--json"}
READING_HAS = {"--as-of", "--json"}
OF_A_PLAN = {"code", "quarter", "named"}  # arguments that mean something only within one plan

DEMO = "shows the main job in a database of its own, to people"
PROCESS = "starts processes and answers with theirs"
CALENDAR = "done by the calendar, by nobody: there is no account to name"
SYSTEM = "done by whoever runs the system; it is there before any account is"
NO_DAY = "shows what is on record, whatever the day"
TODAY = "counts for today: it is about the system itself, not about a plan"
NOW = "what is sent or said is so now"
NO_PLAN_YET = "it is settled today: its plan has no day before --baseline"
ON_PAPER = "reads a document, which has no day"
WITHOUT = {
    "api schema": {"--as-of": ON_PAPER, "--json": "it is JSON itself"},
    "audit anchor": {"--as": CALENDAR, "--as-of": TODAY},
    "audit archive": {"--as-of": TODAY},
    "audit verify": {"--as-of": NO_DAY},
    "calendar add": {"--as-of": TODAY},
    "calendar check": {"--as-of": TODAY},
    "channel add": {"--as-of": TODAY},
    "channel list": {"--as-of": NO_DAY},
    "channel remove": {"--as-of": TODAY},
    "channel rotate-key": {"--as-of": TODAY, "--dry-run": "a key that nobody keeps shows nothing"},
    "channel set": {"--as-of": TODAY},
    "channel test": {"--as": SYSTEM, "--as-of": TODAY, "--dry-run": "it is a trial itself"},
    "circular list": {"--as-of": NO_DAY},
    "circular show": {"--as-of": NO_DAY},
    "close-out list": {"--as-of": NO_DAY},
    "close-out sheet": {"--as-of": NO_DAY},
    "config show": {"--as-of": NO_DAY},
    "contact import": {"--as-of": TODAY},
    "contact list": {"--as-of": NO_DAY},
    "deliver": {"--as": CALENDAR, "--as-of": NOW},
    "demo": dict.fromkeys(WRITING_HAS, DEMO),
    "doctor": {"--as-of": TODAY},
    "evidence list": {"--as-of": NO_DAY},
    "evidence verify": {"--as-of": NO_DAY},
    "explain deadline": {"--as-of": ON_PAPER},
    "explain units": {"--as-of": ON_PAPER},
    "extension list": {"--as-of": NO_DAY},
    "forecast": {"--as-of": "it begins with how things really stand, which is today"},
    "init": {"--as": SYSTEM, "--as-of": "its day is --baseline", "--dry-run": "it makes what a "
             "trial would need"},
    "inspection list": {"--as-of": NO_DAY},
    "item disputes": {"--as-of": NO_DAY},
    "light history": {"--as-of": NO_DAY},
    "meeting list": {"--as-of": NO_DAY},
    "outbox call": {"--as-of": NOW},
    "link list": {"--as-of": NO_DAY},
    "link revoke": {"--as-of": NOW},
    "outbox list": {"--as-of": NO_DAY},
    "outbox park": {"--as-of": NOW},
    "outbox resend": {"--as-of": NOW},
    "outbox show": {"--as-of": NO_DAY},
    "plan confirm-baseline": {"--as-of": TODAY},
    "plan draft adopt": {"--as-of": NO_PLAN_YET},
    "plan draft drop": {"--as-of": NO_PLAN_YET},
    "plan draft list": {"--as-of": NO_DAY},
    "plan draft settle": {"--as-of": NO_PLAN_YET},
    "plan draft show": {"--as-of": NO_DAY},
    "plan draft start": {"--as-of": NO_PLAN_YET},
    "plan findings": {"--as-of": ON_PAPER},
    "plan import": {"--as-of": "its day is --baseline"},
    "plan list": {"--as-of": NO_DAY},
    "plan read": {"--as-of": ON_PAPER},
    "portal": dict.fromkeys(WRITING_HAS, PROCESS),
    "report show": {"--as-of": NO_DAY},
    "round milestones list": {"--as-of": NO_DAY},
    "round snapshot": {"--as-of": "it was frozen on one day"},
    "run": {"--as": CALENDAR, "--dry-run": PROCESS, "--json": PROCESS},
    "simulate": {"--as-of": "its days are --from and --to"},
    "template export": {"--as-of": ON_PAPER},
    "template lint": {"--as-of": ON_PAPER},
    "template list": {"--as-of": ON_PAPER},
    "tick": {"--as": CALENDAR},
    "token add": {"--as-of": TODAY},
    "token list": {"--as-of": NO_DAY},
    "token revoke": {"--as-of": TODAY},
    "up": dict.fromkeys(WRITING_HAS, PROCESS),
    "user add": {"--as-of": TODAY},
    "user disable": {"--as-of": TODAY},
    "user grant": {"--as-of": TODAY},
    "user list": {"--as-of": NO_DAY},
    "user revoke": {"--as-of": TODAY},
    "user stale": {"--as-of": TODAY},
}  # fmt: skip


def walk(group: Any, path: str = "") -> Iterator[tuple[str, Any]]:  # noqa: ANN401 - Typer's own
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from walk(command, f"{path}{name} ")
        else:
            yield f"{path}{name}", command


COMMANDS = dict(walk(typer.main.get_command(app)))


def options(name: str) -> set[str]:
    return {flag for parameter in COMMANDS[name].params for flag in parameter.opts}


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_has_what_its_kind_has_but_for_a_stated_reason(name: str) -> None:
    wanted = READING_HAS if name in READING else WRITING_HAS

    missing = wanted - options(name)

    assert missing == set(WITHOUT.get(name, {}))


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_about_something_of_a_plan_says_of_which(name: str) -> None:
    arguments = {parameter.name for parameter in COMMANDS[name].params}

    if arguments & OF_A_PLAN:
        assert "--plan" in options(name)


@pytest.mark.parametrize("name", sorted(READING))
def test_a_command_that_only_reads_asks_nobody_who_he_is(name: str) -> None:
    assert "--as" not in options(name)


@pytest.mark.parametrize("name", COMMANDS)
def test_an_option_that_commands_share_is_the_same_in_all_of_them(name: str) -> None:
    shared = {"--as-of": "日期", "--plan": "代码", "--as": "账号"}

    for parameter in COMMANDS[name].params:
        for flag in set(parameter.opts) & set(shared):
            assert parameter.metavar == shared[flag]


def test_every_command_that_is_spoken_of_exists() -> None:
    assert (READING | set(WITHOUT)) - set(COMMANDS) == set()


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_is_explained_in_chinese(name: str) -> None:
    context = typer.Context(COMMANDS[name], info_name=name)

    helps = {one.name: one.help or "" for one in COMMANDS[name].get_params(context)}

    assert [one for one, text in helps.items() if not re.search(r"[\u4e00-\u9fff]", text)] == []
    assert COMMANDS[name].get_usage(context).startswith(f"用法：{name} [选项]")


def test_the_program_introduces_itself_in_chinese(duban: Duban) -> None:
    shown = duban("--help").out

    assert re.search("用法：duban \\[选项\\] 命令", shown)
    assert re.search(r"[A-Z][a-z]+ [a-z]+", shown) is None

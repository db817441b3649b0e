"""Options that many commands share, added to each by what makes it a command, not typed anew."""

import inspect
from collections.abc import Callable, Sequence
from typing import Any

REQUIRED = inspect.Parameter.empty
Shared = Sequence[inspect.Parameter]


def shared(name: str, kind: Any, default: Any = REQUIRED) -> inspect.Parameter:  # noqa: ANN401 - as Typer takes them
    """Return an option by the name the command has it under, its alias and its default."""
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, annotation=kind, default=default)


def as_command(
    command: Callable[..., None], own: Callable[..., Any], options: Shared
) -> Callable[..., None]:
    """Return the command under the name of `own`, with its options, the first left out, and these.

    What `own` is given first is not typed by anybody. Typer reads the signature of a command.
    """
    typed = list(inspect.signature(own).parameters.values())[1:]
    command.__name__, command.__doc__ = own.__name__, own.__doc__
    command.__signature__ = inspect.Signature([*typed, *options])  # type: ignore[attr-defined]
    command.__annotations__ = {}
    return command

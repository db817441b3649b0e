"""Where templates are evaluated: a sandbox with no names of its own; what is missing fails."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields, is_dataclass
from datetime import date
from functools import cache
from inspect import getmembers
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from jinja2 import FileSystemLoader, StrictUndefined, Template, TemplateError, Undefined, nodes
from jinja2.exceptions import SecurityError
from jinja2.runtime import LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment

from supervision.errors import NotConfiguredError
from supervision.vocabulary import Word
from templates.complaints import in_chinese
from templates.grammar import FILTERS, examine
from templates.titles import in_lines

HERE = Path(__file__).parent
MOST_PRINTED = 2**24  # characters: a circular of ten thousand items has a third of it
OF_A_LOOP = {"index", "index0", "first", "last", "length", "revindex"}
OF_A_WORD = {"value", "label"}
OF_A_DAY = {"year", "month", "day", "hour", "minute"}
NOT_IN_XML = {code: None for code in range(32) if chr(code) not in "\t\n"}


def chinese_day(day: date) -> str:
    """Return a date as official papers write it: 2025年4月8日, no leading zeros (GB/T 9704)."""
    return f"{day.year}年{day.month}月{day.day}日"


@cache
def texts() -> ImmutableSandboxedEnvironment:
    """Return the environment of plain texts: a word that is missing is an error, never a blank."""
    environment = ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(HERE),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
    )
    environment.filters["chinese_day"] = chinese_day
    return environment


class PaperEnvironment(ImmutableSandboxedEnvironment):
    """The environment of Word templates, an office's own among them: see `templates.grammar`."""

    def __init__(self, *, most: int = MOST_PRINTED) -> None:
        super().__init__(undefined=StrictUndefined, autoescape=True, finalize=_clean)
        own = {"chinese_day": chinese_day, "in_lines": in_lines}
        self.filters = {name: own.get(name) or self.filters[name] for name in FILTERS}
        self.tests = {}
        self.globals = {}
        self.template_class = type("BoundedTemplate", (_Bounded,), {"most": most})

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        examine(tree)
        return tree

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:  # noqa: ANN401 - Jinja's
        """Let a template see what a words class states, and nothing else of any object."""
        del value
        if is_dataclass(obj) and not isinstance(obj, type):
            return attr in names_of(type(obj))
        for kind, names in ((LoopContext, OF_A_LOOP), (Word, OF_A_WORD), (date, OF_A_DAY)):
            if isinstance(obj, kind):
                return attr in names
        return False

    def getattr(self, obj: Any, attribute: str) -> Any:  # noqa: ANN401 - Jinja's signature
        """Ask before looking: Jinja itself hands out `str.format`, wrapped, without asking."""
        if self.is_safe_attribute(obj, attribute, None):
            return super().getattr(obj, attribute)
        return self.unsafe_undefined(obj, attribute)

    def unsafe_undefined(self, obj: Any, attribute: str) -> Undefined:  # noqa: ANN401 - Jinja's
        """Return what stands for a field that a template may not see: printing it is refused."""
        said = f"“{type(obj).__name__}”没有可用的“{attribute}”"
        return self.undefined(said, obj=obj, name=attribute, exc=SecurityError)

    def is_safe_callable(self, obj: Any) -> bool:  # noqa: ANN401 - Jinja's signature
        """Let nothing be called."""
        del obj
        return False


class _Bounded(Template):
    """A template that stops when it prints more than any paper holds."""

    most: int

    def render(self, *args: Any, **kwargs: Any) -> str:  # noqa: ANN401 - Jinja's signature
        printed: list[str] = []
        size = 0
        for piece in self.generate(*args, **kwargs):
            size += len(piece)
            if size > self.most:
                raise SecurityError("模板印出的内容过长")
            printed.append(piece)
        return "".join(printed)


def _clean(value: object) -> object:
    """Take out of a text the signs that no Word file can hold."""
    return value.translate(NOT_IN_XML) if isinstance(value, str) else value


def words_of(words: object) -> dict[str, Any]:
    """Return what a template may mention: the fields and properties of its words class."""
    return {name: getattr(words, name) for name in names_of(type(words))}


def names_of(words: type) -> frozenset[str]:
    """Return the names a class of words offers: its fields and what it derives from them."""
    derived = {name for name, _ in getmembers(words, lambda value: isinstance(value, property))}
    return frozenset({field.name for field in fields(words)} | derived)


# What evaluating a template that people wrote can raise: a word of the wrong kind, broken parts.
FAULTS = (
    TemplateError, OSError, TypeError, AttributeError, ValueError, LookupError, SyntaxError,
    RecursionError, BadZipFile,
)  # fmt: skip


@contextmanager
def explained(name: str) -> Iterator[None]:
    """Turn a fault of a template, such as a word it may not use, into a refusal for people."""
    try:
        yield
    except FAULTS as error:
        raise NotConfiguredError(
            f"模板 {name} 有误：{in_chinese(error)}",
            advice="请用 duban template lint 检查后改正，或恢复随附的模板。",
        ) from error

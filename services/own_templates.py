"""An office's own Word templates: where they lie, which are in force, and what they lack."""

from dataclasses import dataclass
from pathlib import Path

from services.settings import Settings
from supervision.errors import UsageError
from supervision.vocabulary import PaperKind
from templates.inspection import Fault, faults
from templates.render import PAPERS, template_of


@dataclass(frozen=True, kw_only=True, slots=True)
class ListedTemplate:
    """The template in force for one kind of paper."""

    kind: PaperKind
    is_own: bool
    file: Path


@dataclass(frozen=True, kw_only=True, slots=True)
class Inspected:
    """A template that was looked at, and what is wrong with it."""

    kind: PaperKind
    file: Path
    faults: tuple[Fault, ...]

    @property
    def is_usable(self) -> bool:
        """Whether papers can be made from it; warnings do not stand in the way."""
        return all(fault.is_warning for fault in self.faults)


def kind_named(name: str) -> PaperKind:
    """Return the kind of paper by its name in code or in Chinese; UsageError names them all."""
    for kind in PaperKind:
        if name in (kind.value, kind.label):
            return kind
    known = "、".join(f"{kind.value}（{kind.label}）" for kind in PaperKind)
    raise UsageError(f"没有“{name}”这种文书", advice=f"可用：{known}。")


def listed(settings: Settings) -> list[ListedTemplate]:
    """Return the template in force for every kind of paper."""
    folder = settings.templates
    found = ((kind, template_of(kind, folder=folder)) for kind in PaperKind)
    return [
        ListedTemplate(kind=kind, is_own=not file.is_relative_to(PAPERS), file=file)
        for kind, file in found
    ]


def inspected(settings: Settings, *, kind: PaperKind | None = None) -> list[Inspected]:
    """Return what is wrong with the templates in force, all or one; also when nothing is."""
    there = (one for one in listed(settings) if kind in (None, one.kind))
    return [inspect_file(one.file, one.kind) for one in there]


def inspect_file(file: Path, kind: PaperKind | None = None) -> Inspected:
    """Return what is wrong with a file that is to be a template.

    Without a kind its folder says which paper it is for, as in `supervision/document.docx`.
    """
    if kind is None:
        named = [one for one in PaperKind if one.value == file.resolve().parent.name]
        if not named:
            raise UsageError(
                f"看不出 {file} 是哪种文书的模板",
                advice="请用 --kind 指明，如 --kind supervision。",
            )
        kind = named[0]
    try:
        content = file.read_bytes()
    except OSError as error:
        raise UsageError(f"读不了 {file}：{error.strerror}", advice="请核对路径与权限。") from error
    return Inspected(kind=kind, file=file, faults=tuple(faults(kind, content)))


def export(kind: PaperKind, file: Path) -> Path:
    """Write the shipped template of a kind to a file to be edited; never over one that is there."""
    content = template_of(kind).read_bytes()
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("xb") as target:
            target.write(content)
    except FileExistsError as error:
        raise UsageError(f"{file} 已经存在", advice="请换一个文件名，或者先移走它。") from error
    except OSError as error:
        raise UsageError(f"写不了 {file}：{error.strerror}", advice="请核对路径与权限。") from error
    return file

"""Damages documents by chance, reads them in child processes, and says what came of each."""

import io
import os
import random
import re
import traceback
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from supervision.errors import UnreadableDocumentError
from tasks_catalog.extract import read_plan
from tests.tasks_catalog.accounting import cells_of_workbook, missing_from, runs_of_word

ENCODINGS = ("utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "big5", "latin-1")
Damage = Callable[[bytes, random.Random], bytes]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What reading one damaged file came to."""

    what: str  # read, refused, or the error that nobody caught
    missing: int  # printed texts that the plan holds nowhere
    seconds: float
    peak_kib: int
    case: str


def peak_kib() -> int:
    """Return the most memory this process has held, in KiB.

    `getrusage` is of no use here: a child keeps the peak of the process that it was forked from.
    """
    status = Path("/proc/self/status").read_text("ascii")
    return int(status.partition("VmHWM:")[2].split()[0])


def flip(content: bytes, chance: random.Random) -> bytes:
    """Change, drop, double or cut a few stretches of bytes."""
    damaged = bytearray(content)
    for _ in range(chance.randint(1, 8)):
        at = chance.randrange(len(damaged) + 1)
        length = chance.choice([1, 1, 2, 16, 400])
        piece = damaged[at : at + length]
        way = chance.randrange(4)
        if way == 0:
            damaged[at : at + length] = bytes(chance.randrange(256) for _ in piece)
        elif way == 1:
            del damaged[at : at + length]
        elif way == 2:
            damaged[at:at] = piece
        else:
            del damaged[max(1, at) :]
    return bytes(damaged)


def reword(content: bytes, chance: random.Random) -> bytes:
    """Change the words of an XML part so that it often stays well formed."""
    text = content.decode("utf-8", "replace")
    for _ in range(chance.randint(1, 4)):
        text = chance.choice([_swap_tag, _change_number, _drop_element, _double_element, _noise])(
            text, chance
        )
    return text.encode("utf-8", "surrogatepass")


def _swap_tag(text: str, chance: random.Random) -> str:
    names = sorted(set(re.findall(r"<([\w:]+)[\s>/]", text)))
    if not names:
        return text
    old, new = chance.choice(names), chance.choice([*names, "w:unknown", "unknown"])
    return re.sub(rf"(</?){re.escape(old)}(?=[\s>/])", rf"\g<1>{new}", text)


def _change_number(text: str, chance: random.Random) -> str:
    numbers = list(re.finditer(r'="(\d+)"', text))
    if not numbers:
        return text
    match = chance.choice(numbers)
    value = chance.choice(["", "-1", "0", "1", "99", "4294967296", "x"])
    return text[: match.start(1)] + value + text[match.end(1) :]


def _element(text: str, chance: random.Random) -> re.Match[str] | None:
    names = re.findall(r"<([\w:]+)[\s>]", text)
    if not names:
        return None
    name = re.escape(chance.choice(names))
    innermost = rf"<{name}(?:\s[^>]*)?>(?:(?!<{name}[\s>]).)*?</{name}>"
    found = list(re.finditer(innermost, text, re.DOTALL))
    return chance.choice(found) if found else None


def _drop_element(text: str, chance: random.Random) -> str:
    match = _element(text, chance)
    return text[: match.start()] + text[match.end() :] if match else text


def _double_element(text: str, chance: random.Random) -> str:
    match = _element(text, chance)
    return text[: match.end()] + match[0] + text[match.end() :] if match else text


def _noise(text: str, chance: random.Random) -> str:
    at = chance.randrange(len(text) + 1)
    return (
        text[:at] + chance.choice(["<", "&", "\u202e", "１", "]]>", "年" * 300, "\x0b"]) + text[at:]
    )


def inside(damage: Damage) -> Damage:
    """Return a damage that is done to one part of a package."""

    def change(content: bytes, chance: random.Random) -> bytes:
        parts = _parts(content)
        name = chance.choice(sorted(parts))
        return _packed(parts | {name: damage(parts[name], chance)})

    return change


def drop_part(content: bytes, chance: random.Random) -> bytes:
    """Leave a part out, or put another in its place."""
    parts = _parts(content)
    name, other = chance.choice(sorted(parts)), chance.choice(sorted(parts))
    if chance.random() < 0.5:
        del parts[name]
    else:
        parts[name] = parts[other]
    return _packed(parts)


def recode(content: bytes, chance: random.Random) -> bytes:
    """Write a text in another encoding, sometimes damaged afterwards."""
    text = content.decode("utf-8").encode(chance.choice(ENCODINGS), "ignore")
    return flip(text, chance) if chance.random() < 0.5 else text


def _parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


def _packed(parts: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in parts.items():
            package.writestr(name, part)
    return buffer.getvalue()


PACKAGED: Sequence[Damage] = (flip, inside(flip), inside(reword), inside(reword), drop_part)
PLAIN: Sequence[Damage] = (flip, recode, recode)


def read_damaged(sources: Sequence[tuple[str, bytes]], seeds: range) -> list[Outcome]:
    """Damage and read one document per seed; runs in a child process."""
    with TemporaryDirectory(prefix="duban-") as folder:
        return [_read_one(sources, seed, Path(folder)) for seed in seeds]


def _read_one(sources: Sequence[tuple[str, bytes]], seed: int, folder: Path) -> Outcome:
    chance = random.Random(seed)  # the same damage for the same seed
    name, content = chance.choice(sources)
    path = folder / name
    damage = chance.choice(_damages(path.suffix, content))
    path.write_bytes(damage(content, chance))
    started = _worked()
    missing = 0
    try:
        missing = len(missing_from(read_plan(path), _printed(path)))
        what = "read"
    except UnreadableDocumentError:
        what = "refused"
    except Exception:  # noqa: BLE001 - whatever it is, the test must name it
        what = traceback.format_exc(limit=-3)
    peak = peak_kib()
    case = f"{name}, seed {seed}"
    return Outcome(what, missing, _worked() - started, peak, case)


def _worked() -> float:
    """Return the seconds that this process and its children computed: waiting is no fault."""
    return sum(os.times()[:4])


def _damages(suffix: str, content: bytes) -> Sequence[Damage]:
    if content.startswith(b"PK"):
        return PACKAGED
    return PLAIN if suffix in {".txt", ".csv"} else (flip,)


def _printed(path: Path) -> list[str]:
    if path.suffix == ".docx":
        return runs_of_word(path)
    return cells_of_workbook(path) if path.suffix == ".xlsx" else []

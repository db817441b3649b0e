"""Where files are kept: one per content, written whole or not at all, through fsspec."""

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

from fsspec.core import url_to_fs
from fsspec.implementations.local import LocalFileSystem

BLOCK = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Store:
    """A folder, or the URL of one on an object store, in which files are kept.

    A trial writes to a `scratch` folder of its own and finds there what it wrote, else in the root.
    """

    root: str | Path
    scratch: Path | None = None

    def keep(self, data: bytes, digest: str) -> str:
        """Write the content under its hash and return where: it is whole and on disk on return.

        What two items share is stored once; a file that was damaged is replaced.
        """
        system, root = url_to_fs(str(self.scratch or self.root))
        stored_as = f"{digest[:2]}/{digest}"
        path = f"{root}/{stored_as}"
        if self.hash_of(stored_as) == digest:
            return stored_as
        folder = path.rpartition("/")[0]
        system.makedirs(folder, exist_ok=True)
        partial = f"{path}.{uuid4().hex}.part"
        with system.open(partial, "wb") as file:
            file.write(data)
            file.flush()
            if isinstance(system, LocalFileSystem):
                os.fsync(file.fileno())
        system.mv(partial, path)
        if isinstance(system, LocalFileSystem):
            for place in (folder, root):  # a name is on disk only when its folder is
                _settle(place)
        return stored_as

    def hash_of(self, stored_as: str) -> str | None:
        """Return the SHA-256 of what is kept there now, None when nothing is."""
        system, path = self._place(stored_as)
        if not system.exists(path):
            return None
        found = hashlib.sha256()
        with system.open(path, "rb") as file:
            while block := file.read(BLOCK):
                found.update(block)
        return found.hexdigest()

    def read(self, stored_as: str) -> bytes:
        """Return the content kept there; FileNotFoundError when there is none."""
        system, path = self._place(stored_as)
        with system.open(path, "rb") as file:
            data: bytes = file.read()
        return data

    def _place(self, stored_as: str) -> tuple[Any, str]:
        """Return the file system and the path of what is kept under that name."""
        if self.scratch is not None and (self.scratch / stored_as).exists():
            return LocalFileSystem(), str(self.scratch / stored_as)
        system, root = url_to_fs(str(self.root))
        return system, f"{root}/{stored_as}"


def _settle(folder: str) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

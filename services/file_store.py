"""Where files are kept: one per content, written whole or not at all, through fsspec."""

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from fsspec.core import url_to_fs
from fsspec.implementations.local import LocalFileSystem

BLOCK = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Store:
    """A folder, or the URL of one on an object store, in which files are kept."""

    root: str | Path

    def keep(self, data: bytes, digest: str) -> str:
        """Write the content under its hash and return where: it is whole and on disk on return.

        What two items share is stored once; a file that was damaged is replaced.
        """
        system, root = url_to_fs(str(self.root))
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
        system, root = url_to_fs(str(self.root))
        path = f"{root}/{stored_as}"
        if not system.exists(path):
            return None
        found = hashlib.sha256()
        with system.open(path, "rb") as file:
            while block := file.read(BLOCK):
                found.update(block)
        return found.hexdigest()

    def read(self, stored_as: str) -> bytes:
        """Return the content kept there; FileNotFoundError when there is none."""
        system, root = url_to_fs(str(self.root))
        with system.open(f"{root}/{stored_as}", "rb") as file:
            data: bytes = file.read()
        return data


def _settle(folder: str) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

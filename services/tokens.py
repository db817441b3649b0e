"""What the office signs so that it knows its own papers again; the key never leaves its machine."""

import os
import secrets
import tempfile
from contextlib import suppress
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from itsdangerous import BadData, URLSafeSerializer

from services.settings import Settings
from supervision.errors import UsageError

KEY_FILE = "secret.key"
KEY_BYTES = 32


def signed(settings: Settings, purpose: str, content: list[str]) -> str:
    """Return the content as a signed token; one made for another purpose is not accepted."""
    token: str | bytes = _serializer(settings, purpose).dumps(content)
    return token if isinstance(token, str) else token.decode("ascii")


def opened(settings: Settings, purpose: str, token: str) -> list[str]:
    """Return what a token holds; UsageError when it was changed or comes from somewhere else."""
    try:
        content: Any = _serializer(settings, purpose).loads(token)
    except BadData as error:
        raise UsageError(
            "文件的标识无效：不是本系统下发的，或已被改动", advice="请重新导出后填写。"
        ) from error
    return [str(part) for part in content]


def _serializer(settings: Settings, purpose: str) -> URLSafeSerializer:
    return _serializer_of(secret_of(settings), purpose)


@lru_cache(maxsize=32)
def _serializer_of(secret: str, purpose: str) -> URLSafeSerializer:
    return URLSafeSerializer(
        secret,
        salt=f"duban.{purpose}",
        signer_kwargs={"key_derivation": "hmac", "digest_method": sha256},
    )


def secret_of(settings: Settings) -> str:
    """Return the office's secret: as set, else a random one made once, readable by its owner only.

    The file lies beside the database, so that a copy of the data folder still knows its papers.
    """
    if settings.secret_key is not None:
        return settings.secret_key.get_secret_value()
    file = settings.data_dir / KEY_FILE
    try:
        return file.read_text("ascii").strip()
    except FileNotFoundError:
        _make(file)
        return file.read_text("ascii").strip()


def _make(file: Path) -> None:
    """Write a new key whole or not at all; of two that start at once, the first one's stays."""
    file.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=file.parent, prefix=KEY_FILE)  # made with mode 0600
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as new:
            new.write(secrets.token_hex(KEY_BYTES) + "\n")
            new.flush()
            os.fsync(new.fileno())
        with suppress(FileExistsError):
            os.link(name, file)
    finally:
        Path(name).unlink()

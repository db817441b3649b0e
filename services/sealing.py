"""Secrets of channels at rest: sealed with AES-256-GCM, the key in a file outside the database.

The cipher is named in front of each sealed text, so that another (such as SM4) can be added here.
"""

import base64
import hashlib
import hmac
import os
import secrets
import tempfile
from contextlib import suppress
from pathlib import Path

from services.settings import Settings
from supervision.errors import NotConfiguredError, StorageError
from supervision.vocabulary import ChannelKind

SECRET_ADDRESSES = frozenset(
    {ChannelKind.WECOM_ROBOT, ChannelKind.DINGTALK_ROBOT, ChannelKind.OTHER}
)
CIPHER = "aes256gcm"
PURPOSE = b"duban.channel"
NONCE_BYTES = 12
KEY_BYTES = 32
Keys = dict[str, bytes]  # by their ids, the one in use first


def sealed(settings: Settings, secret: str) -> str:
    """Return a secret as it may lie in the database; the first key there is makes itself."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415 - few need it

    key_id, key = next(iter(keys(settings).items()))
    nonce = secrets.token_bytes(NONCE_BYTES)
    content = nonce + AESGCM(key).encrypt(nonce, secret.encode(), PURPOSE)
    return f"{CIPHER}:{key_id}:{base64.b64encode(content).decode()}"


def opened(settings: Settings, text: str) -> str:
    """Return what was sealed; NotConfiguredError without its key, StorageError when altered."""
    from cryptography.exceptions import InvalidTag  # noqa: PLC0415
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415

    cipher, key_id, content = text.split(":")
    key = keys(settings).get(key_id)
    if cipher != CIPHER or key is None:
        raise NotConfiguredError(
            "打不开渠道地址：没有当时的密钥",
            advice=f"请恢复密钥文件 {key_file(settings)}，或重新登记渠道地址。",
        )
    raw = base64.b64decode(content)
    try:
        return AESGCM(key).decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], PURPOSE).decode()
    except InvalidTag as error:
        raise StorageError("渠道地址已被改动，不能使用", advice="请重新登记该渠道。") from error


def fingerprint(settings: Settings, secret: str) -> str:
    """Return eight digits by which a secret is told from others, and that tell nothing of it."""
    key = next(iter(keys(settings).values()))
    return hmac.new(key, PURPOSE + secret.encode(), hashlib.sha256).hexdigest()[:8]


def key_of(text: str) -> str:
    """Return the id of the key that something was sealed with."""
    return text.split(":")[1]


def key_file(settings: Settings) -> Path:
    """Return where the keys lie; keep no copy of it beside a copy of the database."""
    return settings.seal_keys or settings.data_dir / "seal.keys"


def keys(settings: Settings) -> Keys:
    """Return all keys by their ids, the one in use first; made when there are none yet."""
    file = key_file(settings)
    if not file.exists():
        key_id, key = new_key()
        _write(file, {key_id: key}, is_first=True)
    lines = (line.split() for line in file.read_text("ascii").splitlines())
    return {key_id: base64.b64decode(key) for key_id, key in lines}


def new_key() -> tuple[str, bytes]:
    """Return a random key and its id."""
    return secrets.token_hex(4), secrets.token_bytes(KEY_BYTES)


def keep_keys(settings: Settings, kept: Keys) -> None:
    """Put these keys in the place of those there were, whole or not at all."""
    _write(key_file(settings), kept, is_first=False)


def _write(file: Path, kept: Keys, *, is_first: bool) -> None:
    """Write the file with mode 0600; of two that make the first at once, the earlier stays."""
    lines = (f"{key_id} {base64.b64encode(key).decode()}\n" for key_id, key in kept.items())
    file.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=file.parent, prefix=file.name)
    part = Path(name)
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as new:
            new.writelines(lines)
            new.flush()
            os.fsync(new.fileno())
        if is_first:
            with suppress(FileExistsError):
                os.link(part, file)
        else:
            part.replace(file)
    finally:
        part.unlink(missing_ok=True)

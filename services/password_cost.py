"""What a password costs to look at: asked when the portal starts, so that no change makes it cheap.

The parameters are read from a hash, which is what counts, and not from what the library was told.
"""

import re

from pwdlib import PasswordHash

from supervision.errors import NotConfiguredError

# OWASP's least for argon2id: 19 MiB, 2 passes (Password Storage Cheat Sheet).
LEAST_KIB, LEAST_PASSES = 19_456, 2
HASHED = re.compile(r"\$argon2id\$v=19\$m=(\d+),t=(\d+),p=\d+\$")


def require_costly(hasher: PasswordHash) -> None:
    """Raise NotConfiguredError unless passwords are hashed by argon2id at no less than its least.

    It costs one hash.
    """
    found = HASHED.match(hasher.hash("as every password is"))
    if found is None or int(found[1]) < LEAST_KIB or int(found[2]) < LEAST_PASSES:
        raise NotConfiguredError(
            "密码散列的强度不足，未启动",
            advice="请核对已安装的 pwdlib 与 argon2-cffi 版本，运行 make setup 后重试。",
        )

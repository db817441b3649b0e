"""How much a request may bring, and how often a token may ask."""

from datetime import datetime
from threading import Lock

from fastapi import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

MOST_BYTES = 256 * 1024  # of a request: a report at its longest
TOO_LARGE = 413
A_MINUTE = 60


class Bounded:
    """Wraps the application, so that no more of a request is read than it may bring."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request; one that is too large is refused when so much has come."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        came = 0

        async def receiving() -> Message:
            nonlocal came
            message = await receive()
            came += len(message.get("body", b""))
            if came > MOST_BYTES:
                raise HTTPException(TOO_LARGE)
            return message

        await self.app(scope, receiving, send)


class Pace:
    """Counts the requests of this minute, by whoever asks; what was before is forgotten."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.minute = 0
        self.counted: dict[str, int] = {}
        self.lock = Lock()

    def allows(self, whose: str, *, now: datetime) -> bool:
        """Count one more request and return whether it may be answered."""
        minute = int(now.timestamp()) // A_MINUTE
        with self.lock:
            if minute != self.minute:
                self.minute, self.counted = minute, {}
            count = self.counted[whose] = self.counted.get(whose, 0) + 1
        return count <= self.most

"""Sends mail over one reused connection and says for each recipient what the relay answered."""

import contextlib
import smtplib
import ssl

from notifications.message import Outcome, OutgoingMessage, UnsendableError, Verdict
from notifications.mime import mailbox, mime_of
from notifications.relay import Relay, StartTls
from notifications.smtp_replies import Reply, Stage, failure_text, is_good, outcome_of

_GO_AHEAD = 354
_CLOSING = 421


class MailChannel:
    """One relay, one connection, one recipient per transaction.

    The connection is made with the first message, kept, and made anew when it was dropped while
    idle. Nothing is ever sent twice by itself: whoever calls decides on a further attempt.
    """

    name = "mail"

    def __init__(self, relay: Relay) -> None:
        self._relay = relay
        self._connection: smtplib.SMTP | None = None

    def deliver(self, message: OutgoingMessage) -> Outcome:
        """Offer the message once; ACCEPTED only after the relay's 2yz to the final dot."""
        try:
            recipient = mailbox(message.address)
            content = mime_of(message, sender_address=self._relay.sender_address)
        except UnsendableError as error:
            return Outcome(verdict=Verdict.REFUSED, reason=str(error))
        try:
            outcome = self._transact(recipient, content)
        except OSError as error:
            self._drop()
            return self._unavailable(error)
        self._tidy(outcome)
        return outcome

    def describe(self) -> str:
        """Return the relay's URL with stars for the password."""
        return self._relay.describe()

    def close(self) -> None:
        """Say goodbye to the relay; a relay that is gone already is no error."""
        if self._connection is not None:
            with contextlib.suppress(OSError):
                self._connection.quit()
        self._drop()

    def _transact(self, recipient: str, content: bytes) -> Outcome:
        """Walk through one SMTP transaction; an OSError means that the final dot never left."""
        reply = self._greet_sender(size=len(content))
        if not is_good(reply):
            return outcome_of(reply, Stage.SENDER)
        smtp = self._connected()
        reply = smtp.rcpt(recipient)
        if not is_good(reply):
            return outcome_of(reply, Stage.RECIPIENT)
        reply = smtp.docmd("DATA")
        if reply[0] != _GO_AHEAD:
            return outcome_of(reply, Stage.DATA)
        smtp.send(content.replace(b"\r\n.", b"\r\n..") + b".\r\n")
        try:
            reply = smtp.getreply()
        except OSError as error:
            reason = f"正文已全部发出，未等到回执：{failure_text(error)}"
            return Outcome(verdict=Verdict.IN_DOUBT, reason=reason)
        return outcome_of(reply, Stage.FINAL_DOT)

    def _greet_sender(self, *, size: int) -> Reply:
        """Begin a transaction; an idle connection that was dropped is made anew, once."""
        if self._connection is not None:
            with contextlib.suppress(OSError):
                reply = self._mail_from(size)
                if reply[0] != _CLOSING:
                    return reply
            self._drop()
        return self._mail_from(size)

    def _mail_from(self, size: int) -> Reply:
        smtp = self._connected()
        options = [f"size={size}"] if smtp.has_extn("size") else []
        return smtp.mail(self._relay.sender_address, options)

    def _connected(self) -> smtplib.SMTP:
        if self._connection is None:
            self._connection = _connect(self._relay)
        return self._connection

    def _tidy(self, outcome: Outcome) -> None:
        """Leave the connection ready for the next message, or leave none."""
        if outcome.verdict in (Verdict.UNAVAILABLE, Verdict.IN_DOUBT):
            self._drop()
        elif outcome.verdict is not Verdict.ACCEPTED and self._connection is not None:
            try:
                self._connection.rset()
            except OSError:
                self._drop()

    def _drop(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _unavailable(self, error: OSError) -> Outcome:
        where = f"{self._relay.host}:{self._relay.port}"
        reason = f"邮件服务器 {where} 不可用：{failure_text(error)}"
        return Outcome(verdict=Verdict.UNAVAILABLE, reason=reason)


def _connect(relay: Relay) -> smtplib.SMTP:
    """Return a connection that is greeted, encrypted as the relay's settings ask, and logged in."""
    if relay.implicit_tls:
        smtp: smtplib.SMTP = smtplib.SMTP_SSL(
            relay.host,
            relay.port,
            local_hostname=relay.helo,  # else smtplib asks the DNS for our own name
            timeout=relay.timeout_seconds,
            context=_tls_context(relay),
        )
    else:
        smtp = smtplib.SMTP(
            relay.host, relay.port, local_hostname=relay.helo, timeout=relay.timeout_seconds
        )
    try:
        smtp.ehlo_or_helo_if_needed()
        if _turns_to_tls(smtp, relay):
            smtp.starttls(context=_tls_context(relay))
            smtp.ehlo()
        if relay.user and relay.password:
            smtp.login(relay.user, relay.password)
    except OSError:
        smtp.close()
        raise
    return smtp


def _turns_to_tls(smtp: smtplib.SMTP, relay: Relay) -> bool:
    if relay.implicit_tls or relay.starttls is StartTls.NEVER:
        return False
    offered = smtp.has_extn("starttls")
    if relay.starttls is StartTls.REQUIRED and not offered:
        raise smtplib.SMTPNotSupportedError("STARTTLS")
    return offered


def _tls_context(relay: Relay) -> ssl.SSLContext:
    context = ssl.create_default_context()
    if not relay.verify:  # an inner relay with a certificate of its own, by the office's decision
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context

"""Which hosts a channel may call: the vendors' own and those an administrator has named (SEC13).

A name is resolved here and the connection goes to that very address, so that a name that answers
differently the second time gains nothing.
"""

import ipaddress
import socket
from collections.abc import Iterable
from dataclasses import dataclass

from supervision.errors import NotConfiguredError

VENDORS = frozenset({"qyapi.weixin.qq.com", "oapi.dingtalk.com"})
# Addresses at which clouds give secrets away; IPv4's stands among the link-local ones.
METADATA = frozenset({"fd00:ec2::254", "100.100.100.200", "192.0.0.192", "168.63.129.16"})
NAT64 = ipaddress.IPv6Network("64:ff9b::/96")  # RFC 6052: its last 32 bits are an IPv4 address
Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class UnreachableHostError(OSError):
    """The name of the host leads nowhere, or to where no channel may go."""


@dataclass(frozen=True, slots=True)
class Hosts:
    """The hosts that channels may call."""

    named: frozenset[str] = frozenset()  # by an administrator, in lower case

    @classmethod
    def naming(cls, hosts: Iterable[str]) -> "Hosts":
        """Return the rules that allow these beside the vendors' own."""
        return cls(frozenset(host.lower().strip("[]") for host in hosts))

    def require(self, host: str) -> None:
        """Raise NotConfiguredError for a host that nobody has allowed; nothing is looked up."""
        if host.lower() not in VENDORS | self.named:
            raise NotConfiguredError(
                f"主机“{host}”不在允许之列", advice="私有部署请由管理员写入 DUBAN_CHANNEL_HOSTS。"
            )

    def address_of(self, host: str, port: int) -> str:
        """Return the address to connect to; UnreachableHostError when there is no fit one."""
        self.require(host)
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            raise UnreachableHostError(f"主机名无法解析（{host}）") from error
        addresses = [str(entry[4][0]) for entry in found]
        fit = [address for address in addresses if self._is_fit(host.lower(), address)]
        if not fit:
            raise UnreachableHostError(f"主机 {host} 指向不允许的地址 {addresses[0]}")
        return fit[0]

    def _is_fit(self, host: str, text: str) -> bool:
        address = _plain(text)
        if host in self.named:
            return str(address) == host or not _is_never_meant(address)
        return address.is_global and not _is_never_meant(address)


def _plain(text: str) -> Address:
    """Return the address itself where IPv4 is wrapped in IPv6."""
    address = ipaddress.ip_address(text.partition("%")[0])
    if isinstance(address, ipaddress.IPv6Address):
        if address in NAT64:
            return ipaddress.IPv4Address(address.packed[-4:])
        return address.ipv4_mapped or address.sixtofour or address
    return address


def _is_never_meant(address: Address) -> bool:
    return (
        address.is_link_local
        or address.is_multicast
        or address.is_unspecified
        or (address.is_reserved and not address.is_loopback)  # IPv4 in some older wrapping
        or str(address) in METADATA
    )

"""Two hundred addresses by which a channel might be made to call where it must not (SEC13)."""

from itertools import product

KEY = "nobody-may-read-this"
# However it is written: metadata services, this machine, the inner network, look-alikes of vendors.
HOSTS = (
    "169.254.169.254", "2852039166", "0xA9FEA9FE", "0xa9.0xfe.0xa9.0xfe", "0251.0376.0251.0376",
    "169.254.43518", "[::ffff:169.254.169.254]", "[::ffff:a9fe:a9fe]", "[fd00:ec2::254]",
    "100.100.100.200", "168.63.129.16", "192.0.0.192", "metadata.google.internal",
    "127.0.0.1", "127.1", "2130706433", "0177.0.0.1", "0x7f000001", "0", "0.0.0.0", "[::1]", "[::]",
    "[::ffff:127.0.0.1]", "localhost", "localhost.", "LOCALHOST", "ip6-localhost",
    "10.0.0.8", "172.16.0.1", "192.168.1.1", "[fe80::1]", "[fc00::1]", "[64:ff9b::a00:8]",
    "[2002:7f00:1::]", "１２７.0.0.1", "①②⑦.0.0.1", "127。0。0。1", "evil.test",
    "qyapi.weixin.qq.com.evil.test", "evil.test.", "oapi.dingtalk.com.", "xqyapi.weixin.qq.com",
)  # fmt: skip
FORMS = (
    "zwwecom://{key}@{host}/",
    "zwding://{key}@{key}@{host}/",
    "gzt://{key}@{host}/send",
    "wechat://corp:{key}@1000002/?host={host}",
)
BY_HOST = tuple(form.format(key=KEY, host=host) for host, form in product(HOSTS, FORMS))
BY_SCHEME = tuple(
    f"{scheme}{KEY}"
    for scheme in (
        "file:///etc/", "file://localhost/etc/", "FILE:///", "http://169.254.169.254/",
        "https://169.254.169.254/", "HTTPS://evil.test/", "gopher://127.0.0.1:6379/_", "dict://127.0.0.1/",
        "ftp://127.0.0.1/", "ftps://127.0.0.1/", "sftp://127.0.0.1/", "tftp://127.0.0.1/",
        "ldap://127.0.0.1/", "ldaps://127.0.0.1/", "jar:http://127.0.0.1!/", "netdoc:///etc/",
        "php://filter/", "phar://", "expect://", "data:text/plain,", "javascript:", "view-source:",
        "json://169.254.169.254/", "jsons://evil.test/", "xml://127.0.0.1/", "form://127.0.0.1/",
        "apprise://127.0.0.1/", "syslog://127.0.0.1/", "dbus://", "mqtt://127.0.0.1/",
        "mailto://u:p@evil.test/", "slack://a/b/", "tgram://1:a/", "discord://1/",
        "ntfy://127.0.0.1/", "ws://127.0.0.1/", "smb://127.0.0.1/", "telnet://127.0.0.1/",
        "//169.254.169.254/", "\\\\evil\\", "zwwecom:", "zwwecom\t://", " outbox://",
        "outbox\x00://", "unix:///var/run/docker.sock/",
    )
)  # fmt: skip
ADDRESSES = BY_HOST + BY_SCHEME
# To which a name may come to lead after it was looked at once.
REBOUND = (
    "169.254.169.254", "::ffff:169.254.169.254", "fd00:ec2::254", "100.100.100.200",
    "168.63.129.16", "192.0.0.192", "0.0.0.0", "::", "224.0.0.1", "ff02::1", "fe80::1",
    "2002:a9fe:a9fe::", "64:ff9b::a9fe:a9fe", "64:ff9b:1::a9fe:a9fe", "::a9fe:a9fe", "240.0.0.1",
)  # fmt: skip
INNER = ("127.0.0.1", "::1", "10.0.0.8", "172.16.0.1", "192.168.1.1", "fc00::1", "100.64.0.1")

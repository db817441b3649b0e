"""Settings: `duban.toml`, then the environment `DUBAN_*`, then what a command was told."""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from supervision.errors import NotConfiguredError
from supervision.passwords import PasswordProfile

FILE = "duban.toml"
LEAST_RECORD_DAYS = 183
QUIET_HOURS = r"^(([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d)?$"
AT_HOME = ("127.0.0.1", "localhost")
BUNDLED_PLAN = Path(__file__).parent.parent / "tasks_catalog" / "plans" / "zhanggong"


class Settings(BaseSettings):
    """Everything that can be set; secrets show as stars wherever they are printed."""

    model_config = SettingsConfigDict(
        env_prefix="DUBAN_", toml_file=FILE, extra="forbid", frozen=True
    )

    data_dir: Path = Path("var")
    database_url: SecretStr | None = None  # default: SQLite in data_dir
    plan_dir: Path = BUNDLED_PLAN
    smtp_url: SecretStr | None = None  # smtp[s]://user:password@host:port
    gateway_url: SecretStr | None = None  # gzt://token@host/path, docs/gateway.md
    sms_url: SecretStr | None = None  # the same contract, for text messages
    wecom_app_url: SecretStr | None = None  # wechat://corp:secret@agent
    alarm_url: SecretStr | None = None  # where `duban doctor --alarm` calls for help
    channel_hosts: tuple[str, ...] = ()  # hosts of private deployments, beside the vendors' own
    extra_schemes: tuple[str, ...] = ()  # apprise's, whose messages are never confirmed
    quiet_hours: str = Field(default="", pattern=QUIET_HOURS)  # 21:00-07:30: no telephone rings
    seal_keys: Path | None = None  # default: seal.keys in data_dir; never beside a backup
    secret_key: SecretStr | None = Field(default=None, min_length=16)  # default: made in data_dir
    password_profile: PasswordProfile = PasswordProfile.DENGBAO
    notice_word: str | None = None  # 机关代字 of notices; default: the policy's (R34)
    circular_word: str | None = None
    evidence_file_mb: int = Field(default=25, ge=1)
    evidence_unit_mb: int = Field(default=2048, ge=1)  # what one unit may bring in a year
    portal_url: str = (
        "http://127.0.0.1:8000"  # https://… puts the portal into its production profile
    )
    api_per_minute: int = Field(default=600, ge=1)  # requests of one token over the interface
    record_days: int = Field(default=3 * 365)  # how long the record stays in the database
    busy_seconds: float = Field(default=30, ge=0)
    lease_seconds: int = Field(default=60, ge=1)  # a living sender prolongs it

    @field_validator("record_days")
    @classmethod
    def _long_enough(cls, days: int) -> int:
        if days < LEAST_RECORD_DAYS:
            raise ValueError(f"审计记录至少保留{LEAST_RECORD_DAYS}天（网络安全法：不少于六个月）")
        return days

    @field_validator("portal_url")
    @classmethod
    def _safe_address(cls, url: str) -> str:
        parts = urlsplit(url)
        is_at_home = parts.scheme == "http" and parts.hostname in AT_HOME
        if not (is_at_home or (parts.scheme == "https" and parts.hostname)):
            raise ValueError("网页地址应为 https://…，仅本机试用可为 http://127.0.0.1:端口")
        return url.rstrip("/")

    @property
    def portal_is_public(self) -> bool:
        """Whether the portal runs in its production profile: behind TLS, under its own name."""
        return self.portal_url.startswith("https://")

    @property
    def database_address(self) -> str:
        """The URL of the database, its password included: never print it."""
        if self.database_url is not None:
            return self.database_url.get_secret_value()
        return f"sqlite:///{self.data_dir / 'duban.db'}"

    @property
    def outbox(self) -> Path:
        """The folder into which the file channel writes."""
        return self.data_dir / "outbox"

    @property
    def evidence(self) -> Path:
        """The folder in which evidence is kept, each file under the hash of its content."""
        return self.data_dir / "evidence"

    @property
    def papers(self) -> Path:
        """The folder in which finished papers are kept, each under the hash of its content."""
        return self.data_dir / "papers"

    @property
    def templates(self) -> Path:
        """The folder of the office's own Word templates, `<kind>/document.docx`, if it has any."""
        return self.data_dir / "templates"

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Options before the environment, the environment before the file."""
        del dotenv_settings, file_secret_settings
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls)


def read_settings(**options: Any) -> Settings:  # noqa: ANN401 - any setting by its name
    """Return the settings in force; NotConfiguredError names what is wrong with which of them."""
    try:
        return Settings(**{name: value for name, value in options.items() if value is not None})
    except ValidationError as error:
        faults = "；".join(
            f"{'.'.join(map(str, fault['loc']))}：{fault['msg']}" for fault in error.errors()
        )
        raise NotConfiguredError(
            f"设置有误：{faults}", advice=f"请检查 {FILE} 与环境变量 DUBAN_*。"
        ) from error
    except ValueError as error:  # the TOML itself does not parse
        raise NotConfiguredError(
            f"{FILE} 无法解析：{error}", advice="请按 TOML 格式改正后重试。"
        ) from error


def origins(settings: Settings) -> dict[str, tuple[str, str]]:
    """Return each setting's printable value and where it came from (环境变量, 文件, 默认)."""
    from_file = TomlConfigSettingsSource(Settings)()
    import os  # noqa: PLC0415 - the one look at names, not values

    found = {}
    for name in Settings.model_fields:
        variable = f"DUBAN_{name.upper()}"
        if variable in os.environ:
            origin = f"环境变量 {variable}"
        elif name in from_file:
            origin = FILE
        else:
            origin = "默认"
        found[name] = (str(getattr(settings, name)), origin)
    return found

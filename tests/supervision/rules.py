"""The bundled rules and the published calendar, as the pure functions take them."""

from typing import Any

import yaml

from services.settings import BUNDLED_PLAN
from supervision.policy import policy_from
from tests.official_days import official_calendar

CALENDAR = official_calendar()
RULES: dict[str, Any] = yaml.safe_load((BUNDLED_PLAN / "policy.yaml").read_text())
POLICY = policy_from(RULES)

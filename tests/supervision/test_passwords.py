"""A password may not hold the name of the account, but chance may put a short one there."""

import pytest

from supervision.passwords import PasswordProfile, WeakPasswordError, require_strong


def test_a_short_name_may_stand_in_a_password_by_chance() -> None:
    require_strong("Chang-gxj-2025", profile=PasswordProfile.DENGBAO, name="gxj")


def test_a_name_of_four_letters_may_not() -> None:
    with pytest.raises(WeakPasswordError, match="账号名"):
        require_strong("Chang-gxju-2025", profile=PasswordProfile.DENGBAO, name="gxju")

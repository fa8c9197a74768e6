"""Secrets and keys, each figure worked out by hand."""

import pytest

from tests.model.network.helpers import line
from tests.support import ARTICLE, changed, own_rate


def test_requests_of_keys_are_free_up_to_twenty_thousand_unless_a_rate_says_otherwise() -> None:
    keys = changed(ARTICLE, network__secrets__used=True, network__secrets__key_requests=20_000.0)
    assert line(keys, "Requests of keys").effective_cost == 0
    more = changed(keys, network__secrets__key_requests=30_000.0)
    assert line(more, "Requests of keys").effective_cost == pytest.approx(0.03)
    own = changed(keys, own_rates=(own_rate("kms/requests", (0.0, 0.05)),))
    assert line(own, "Requests of keys").effective_cost == pytest.approx(0.10)

"""No tracking server."""

from tests.model.server.helpers import OFFICE, said, server
from tests.support import changed


def test_no_server_costs_nothing_and_says_what_teams_miss() -> None:
    scenario = changed(OFFICE, server__option="none")
    assert server(scenario) == "$0.00"
    assert "Teams need the tracking server as their hub" in said(scenario)["server.option"]

"""The providers whose price books come with the program, by id."""

from __future__ import annotations

from collections.abc import Mapping

from mlflow_cost_desktop.prices.aws.provider import AWS
from mlflow_cost_desktop.prices.provider import Provider

PROVIDERS: Mapping[str, Provider] = {provider.id: provider for provider in (AWS,)}

FIRST = AWS
"""Whose prices a new scenario has."""

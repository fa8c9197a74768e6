"""Who uses the deployment, how they sign in, who may see what, and what auditors ask for."""

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from mlflow_cost_desktop.model.charges.factors import Amount
from mlflow_cost_desktop.model.fields.declaration import (
    Effect,
    Empty,
    Labels,
    Model,
    OnlyIf,
    Section,
    Unit,
    Whole,
)
from mlflow_cost_desktop.model.option import Notice

WHEELS = "Source: the MLflow packages up to 3.18.0 of 3 November 2026."


BUILT_IN = (
    "MLflow today: users with passwords; roles since 3.12 (May 2026); workspaces since 3.10 "
    "(February 2026), off by default; no OAuth, OpenID Connect, SAML or LDAP of its own. " + WHEELS
)


class Team(Model):
    """How many people use the deployment, and how much."""

    users: Annotated[
        float,
        Section("Team"),
        Unit("user"),
        Whole(),
        Effect("more", "what is done for each user takes its hours for each"),
        Field(
            ge=1,
            le=100_000,
            title="Users",
            description="People with access: seats of a managed plan, and what tasks that are "
            "done for each user are multiplied by. Default: judgment, a small team.",
        ),
    ] = 5.0
    runs_per_month: Annotated[
        float | None,
        Unit("run", step=100),
        Empty("not counted"),
        Effect("same", "it divides the total and adds nothing to it"),
        Field(
            ge=1,
            le=1e9,
            title="Runs a month",
            description="Runs that are logged, for the cost of a run; it may stay empty.",
        ),
    ] = None


class Access(Model):
    """Choices that call for work: the tasks that count with them hold its hours."""

    sign_on: Annotated[
        Literal["passwords", "proxy", "plugin"],
        Section("Access and compliance", BUILT_IN),
        Labels(
            {
                "passwords": "MLflow's own passwords",
                "proxy": "OAuth or LDAP by a proxy",
                "plugin": "OAuth or LDAP by a plug-in",
            }
        ),
        Field(
            title="Sign-on",
            description="MLflow brings users with passwords. OAuth, OpenID Connect, SAML or LDAP "
            "are not in it: its documentation points to a reverse proxy, or to a plug-in of the "
            f"community such as mlflow-oidc-auth. {WHEELS} Default: judgment.",
        ),
    ] = "passwords"
    separation: Annotated[
        Literal["shared", "roles", "deployments"],
        Labels(
            {
                "shared": "Shared by all",
                "roles": "Roles within one deployment",
                "deployments": "One deployment per team",
            }
        ),
        Field(
            title="Separation of teams",
            description="Shared: everybody may read everything unless that is changed. Roles with "
            "permissions are built in since MLflow 3.12 (May 2026), workspaces since 3.10 "
            "(February 2026), off by default. One deployment per team multiplies what exists once "
            "per deployment, servers, databases and upgrades; stored data, requests and transfer "
            f"are totals over the teams. {WHEELS} Default: judgment.",
        ),
    ] = "shared"
    teams: Annotated[
        float,
        Unit("team"),
        Whole(),
        OnlyIf("separation", ("deployments",)),
        Effect("more", "each team has a server and a database of its own"),
        Field(
            ge=1,
            le=1000,
            title="Teams",
            description="Deployments side by side. Default: judgment.",
        ),
    ] = 2.0
    encryption: Annotated[
        Literal["provider", "own_keys"],
        Labels({"provider": "The provider's keys", "own_keys": "Keys of your own"}),
        Field(
            title="Encryption",
            description="Keys of your own have to be granted, rotated and reviewed: the task "
            "below. What the provider bills for them is in the network tab. MLflow itself "
            "encrypts no artifacts. Default: judgment.",
        ),
    ] = "provider"
    compliance: Annotated[
        Literal["none", "asked"],
        Labels({"none": "Nobody asks for it", "asked": "Asked for"}),
        Field(
            title="Assessment and evidence",
            description="Vulnerability assessments and evidence for an auditor or a customer: "
            "hours of your own, outside fees, or both. At least 21 security advisories of MLflow "
            "were published from 2022 to 2026 (a lower bound; advisory databases). Default: "
            "judgment.",
        ),
    ] = "none"

    @property
    def each(self) -> tuple[Amount, ...]:
        """How many deployments there are; empty where all teams share one."""
        return (Amount(self.teams, "deployment"),) if self.separation == "deployments" else ()

    @property
    def duties(self) -> frozenset[str]:
        """What these choices call for; tasks name it in `counts`."""
        asked = {
            "sign_on": self.sign_on != "passwords",
            "roles": self.separation == "roles",
            "per_team": self.separation == "deployments",
            "own_keys": self.encryption == "own_keys",
            "compliance": self.compliance == "asked",
        }
        return frozenset(duty for duty, is_asked in asked.items() if is_asked)

    def notices(self) -> Iterator[Notice]:
        """Paths are relative to the access."""
        if self.separation == "roles" and self.sign_on == "proxy":
            yield Notice(
                "sign_on",
                "A proxy keeps strangers out, but MLflow's roles need to know who has come: that "
                "takes a plug-in, or an authorization function of your own.",
            )
        if self.separation == "shared" and self.compliance == "asked":
            yield Notice(
                "separation",
                "Evidence is asked for while everybody shares one server: an audit usually asks "
                "who may see and change what, and MLflow lets every user read everything unless "
                "that is changed.",
            )

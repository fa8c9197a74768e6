"""What an hour of work costs: loaded hourly rates, typed or from salaries."""

from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from mlflow_cost_desktop.figures import Text
from mlflow_cost_desktop.model.fields.declaration import (
    Effect,
    Labels,
    Model,
    OnlyIf,
    Section,
    Unit,
    specs,
)
from mlflow_cost_desktop.prices.price import Price, Value, flat

Role: TypeAlias = Literal["platform_engineer", "data_scientist", "security"]

ROLES: dict[str, str] = {
    "platform_engineer": "Platform engineer",
    "data_scientist": "Data scientist",
    "security": "Security",
}

HOURS_IN_YEAR = 2080.0
"""Paid hours of a year's salary, 40 × 52, as the BLS counts them."""

BLS = "BLS OEWS May 2024 × BLS ECEC March 2026"

LOADED = (
    "Loaded hourly rate: the wage with the employer's benefits and taxes. Default: {wage} an "
    "hour × 1.429, the employer's total compensation ÷ wages in US private industry. Office, "
    "equipment, recruiting and idle time are not in it."
)
SALARY = "A year's salary before overhead. Default: {wage}."
DEVELOPERS = "BLS, software developers, median, May 2024"
SCIENTISTS = "BLS, data scientists, median, May 2024"
SECURITY = (
    "Default: judgment, as for a platform engineer; no wage of security staff is in the sources."
)

TYPED = OnlyIf("rates", ("typed",))
FROM_SALARY = OnlyIf("rates", ("salary",))
PAID = Effect("more", "hours are paid")


class Rates(Model):
    """An hour of each role, in USD."""

    rates: Annotated[
        Literal["typed", "salary"],
        Section("Hourly rates"),
        Labels(
            {"typed": "Loaded rates", "salary": Text("Salary × overhead ÷ {} h", HOURS_IN_YEAR)}
        ),
        Field(title="Rates", description="Typed, or worked out from a year's salary."),
    ] = "typed"
    platform_engineer_usd: Annotated[
        float,
        Unit("$ / h"),
        TYPED,
        PAID,
        Field(
            ge=0,
            le=10_000,
            title="Platform engineer",
            description=LOADED.format(wage=f"$63.98 ({DEVELOPERS})"),
        ),
    ] = 91.4
    data_scientist_usd: Annotated[
        float,
        Unit("$ / h"),
        TYPED,
        PAID,
        Field(
            ge=0,
            le=10_000,
            title="Data scientist",
            description=LOADED.format(wage=f"$54.13 ({SCIENTISTS})"),
        ),
    ] = 77.4
    security_usd: Annotated[
        float,
        Unit("$ / h"),
        TYPED,
        PAID,
        Field(ge=0, le=10_000, title="Security", description=f"Loaded hourly rate. {SECURITY}"),
    ] = 91.4
    platform_engineer_salary_usd: Annotated[
        float,
        Unit("$ / year", step=1000),
        FROM_SALARY,
        PAID,
        Field(
            ge=0,
            le=10_000_000,
            title="Platform engineer",
            description=SALARY.format(wage=f"$133,080 ({DEVELOPERS})"),
        ),
    ] = 133_080.0
    data_scientist_salary_usd: Annotated[
        float,
        Unit("$ / year", step=1000),
        FROM_SALARY,
        PAID,
        Field(
            ge=0,
            le=10_000_000,
            title="Data scientist",
            description=SALARY.format(wage=f"$112,590 ({SCIENTISTS})"),
        ),
    ] = 112_590.0
    security_salary_usd: Annotated[
        float,
        Unit("$ / year", step=1000),
        FROM_SALARY,
        PAID,
        Field(
            ge=0,
            le=10_000_000,
            title="Security",
            description=f"A year's salary before overhead. {SECURITY}",
        ),
    ] = 133_080.0
    overhead: Annotated[
        float,
        Unit("× wage", step=0.05),
        FROM_SALARY,
        Effect("more", "the employer pays benefits and taxes on top of the wage"),
        Field(
            ge=1,
            le=10,
            title="Overhead",
            description="The employer's total compensation ÷ wages. Default: 1.429, US private "
            "industry (BLS ECEC, March 2026); 1.35 where fewer than 50 work, 1.544 from 500 on.",
        ),
    ] = 1.429

    def hour(self, role: Role) -> Price:
        """The price of an hour, with where it comes from."""
        if self.rates == "typed":
            names, source = (f"{role}_usd",), "rate"
            usd: Value = getattr(self, names[0])
        else:
            names, source = (f"{role}_salary_usd", "overhead"), "salary × overhead ÷ 2,080 h"
            salary: Value = getattr(self, names[0])
            usd = salary * self.overhead / HOURS_IN_YEAR
        is_default = all(
            isinstance(value := getattr(self, name), float) and value == specs(Rates)[name].default
            for name in names
        )
        default = "judgment" if role == "security" else BLS
        return Price(
            f"labor/{role}",
            "h",
            flat(usd),
            state="own",
            origin="labor",
            source=f"default {source}: {default}" if is_default else f"your {source}",
            date="2026-03" if is_default and role != "security" else "",
        )

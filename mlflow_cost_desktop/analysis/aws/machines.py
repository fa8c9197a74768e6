"""EC2 machines among which a search looks: what each has, and the ways to buy one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from mlflow_cost_desktop.analysis.candidates import Mask, Sold, Traits
from mlflow_cost_desktop.model.aws.machine import TERM_MONTHS, Machine, family_of
from mlflow_cost_desktop.model.aws.pods import Node
from mlflow_cost_desktop.model.charges.terms import Terms
from mlflow_cost_desktop.model.fields.declaration import Model, specs
from mlflow_cost_desktop.model.server.ec2 import BURSTABLE
from mlflow_cost_desktop.prices.price import KeyPart, Value
from mlflow_cost_desktop.prices.price_book import PriceBook

SIZES_IN_KEYS = {"ec2": 1, "rds": 2, "aurora": 2}
"""Of keys that begin with a word, which word is the name of a size."""

OFFERINGS = {
    "standard": ("reserved", "standard"),
    "convertible": ("reserved", "convertible"),
    "instance_savings_plan": ("instance_savings_plan", "standard"),
    "compute_savings_plan": ("compute_savings_plan", "standard"),
}
"""By the word of a key: the purchase option and the offering class that ask for it."""

PAYMENTS = ("no_upfront", "partial_upfront", "all_upfront")


class MachineTraits(NamedTuple):
    """vCPU, GiB, architecture and whether it is burstable, of a type or of each of many."""

    vcpu: Value
    memory_gib: Value
    architecture: KeyPart
    is_burstable: bool | Mask


def machine_traits(book: PriceBook, name: KeyPart) -> MachineTraits:
    """What a type has, named with or without `db.` before it; each of many."""
    if isinstance(name, str):
        bare = name.removeprefix("db.")
        found = book.instance_types.get(bare)
        vcpu, gib = (found.vcpu, found.memory_gib) if found else (np.nan, np.nan)
        architecture = found.architecture if found else ""
        return MachineTraits(vcpu, gib, architecture, family_of(bare) in BURSTABLE)
    return book.of_each(name, _many_traits)


def _many_traits(book: PriceBook, names: KeyPart) -> MachineTraits:
    bare_names = [one.removeprefix("db.") for one in np.asarray(names).tolist()]
    machines = [book.instance_types.get(one) for one in bare_names]
    return MachineTraits(
        np.array([one.vcpu if one else np.nan for one in machines]),
        np.array([one.memory_gib if one else np.nan for one in machines]),
        np.array([one.architecture if one else "" for one in machines], dtype=np.str_),
        np.array([one.partition(".")[0] in BURSTABLE for one in bare_names], dtype=np.bool_),
    )


def bought(machine: Machine, sold: Sold) -> Iterator[tuple[Machine, NDArray[np.str_]]]:
    """The ways to buy machines that have a price here, each with the types that do.

    Spot machines are none of them: they may be taken back. Instance Savings Plans cost what
    reservations cost, and are there only where the user has a rate for one.
    """
    yield machine.model_copy(update={"purchase": "on_demand"}), sold.named("ec2", "on_demand")
    for term in TERM_MONTHS:
        for word, (purchase, offering) in OFFERINGS.items():
            for payment in PAYMENTS:
                names = sold.named("ec2", term, word, payment)
                if len(names):
                    update: dict[str, Any] = {"purchase": purchase, "term": term}
                    update |= {"offering": offering, "payment": payment}
                    yield machine.model_copy(update=update), names


def is_default(model: Model, name: str) -> bool:
    """Whether a field has the value that the program assumes."""
    return bool(getattr(model, name) == specs(type(model))[name].default)


def bought_traits(machine: Machine, terms: Terms) -> Traits:
    """What a machine has, or each of many, and what its purchase binds to."""
    return Traits(
        *machine_traits(terms.prices, machine.instance_type),
        months=TERM_MONTHS[machine.term] if machine.is_committed else 0,
        is_revocable=machine.purchase == "spot",
        is_assumed=machine.purchase == "reserved_typed"
        and is_default(machine, "reserved_discount"),
    )


def node_traits(
    node: Node, terms: Terms, vcpu: Value = np.inf, memory_gib: Value = np.inf
) -> Traits:
    """What pods of a size have on such nodes; on nodes that nobody sells, their size alone."""
    nodes = bought_traits(node.machine, terms) if node.kind == "ec2" else Traits()
    return replace(nodes, vcpu=vcpu, memory_gib=memory_gib)


def node_fits(node: Node, terms: Terms, pod: tuple[float, float]) -> bool | Mask:
    """Whether a pod of so much vCPU and GiB has room on the node, or on each of many."""
    size = node.size(terms)
    if size is None:
        return False
    vcpu, gib = size
    fits = (np.asarray(vcpu) >= pod[0]) & (np.asarray(gib) >= pod[1])
    return fits if fits.ndim else bool(fits)


def in_brackets(words: str, *more: str) -> str:
    """What something is called, with what tells it apart: `RDS db.m5.large (reserved 1 year)`."""
    apart = ", ".join(filter(None, more))
    return f"{words} ({apart})" if apart else words


def purchase_words(machine: Machine) -> str:
    """How a machine is bought; nothing on demand."""
    return "" if machine.purchase == "on_demand" else machine.purchase_in_words


def node_words(node: Node) -> tuple[str, str]:
    """What nodes are called, and how they are bought."""
    if node.kind != "ec2":
        return "nodes at your price" if node.kind == "own_price" else "bought nodes", ""
    return f"{node.machine.instance_type} nodes", purchase_words(node.machine)


def counted(count: float) -> str:
    """`3 × ` before what there are several of."""
    return "" if count == 1 else f"{count:g} × "

"""What only one provider knows stands in rooms of its own: elsewhere nobody names it."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import mlflow_cost_desktop
from tests.shared.grouped import grouped

PACKAGE = Path(mlflow_cost_desktop.__file__).parent

NAMES = re.compile(
    r"(?<![a-z0-9])(aws|amazon|ec2|ebs|efs|s3|rds|aurora|eks|ecr|ecs|fargate|cloudwatch|route ?53"
    r"|kms|alb|nlb|glacier|graviton|savings.plans?|us.(?:east|west).[12])(?![a-z0-9])",
    re.IGNORECASE,
)
"""Of services, prices and places that only AWS has."""

OPTIONS = {
    *(f"model/server/{name}.py" for name in ("__init__", "ec2", "fargate", "kubernetes")),
    *(f"model/metadata_store/{name}.py" for name in ("__init__", "rds", "aurora", "self_hosted")),
    *(
        f"model/artifact_store/{name}.py"
        for name in ("__init__", "s3", "storage_class", "lifecycle", "efs", "ebs", "minio")
    ),
    *(
        f"model/network/{name}.py"
        for name in ("load_balancer", "monitoring", "names", "private", "secrets")
    ),
}
"""Options and companions that only AWS sells, or that stand on its machines and volumes."""

NAMED = {
    "prices/providers.py": "lists the providers",
    "files/migrations.py": "what older files meant",
    "gui/dialogs/new.py": "what the bundled samples hold",
}
"""Generic modules that may name AWS, and why."""


def said(path: Path) -> Iterator[str]:
    """Names and texts of a module, without comments, docstrings and imports."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    docs = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
            yield node.value
        elif isinstance(node, ast.Attribute):
            yield node.attr
        elif isinstance(node, ast.Name):
            yield node.id


def found(path: Path) -> list[str]:
    return [text for text in said(path) if NAMES.search(text.replace("_", " "))]


MODULES = sorted(path.relative_to(PACKAGE).as_posix() for path in PACKAGE.rglob("*.py"))
GENERIC = [
    name for name in MODULES if "/aws/" not in name and name not in OPTIONS and name not in NAMED
]


@grouped(
    {
        room: [(name,) for name in GENERIC if name.rpartition("/")[0] == room]
        for room in sorted({name.rpartition("/")[0] for name in GENERIC})
    }
)
def test_a_generic_room_names_no_provider(name: str) -> None:
    assert found(PACKAGE / name) == []


@pytest.mark.parametrize("name", sorted(OPTIONS | set(NAMED)))
def test_what_may_name_it_does(name: str) -> None:
    # One that no longer does leaves the list.
    path = PACKAGE / name
    assert found(path) or "import AWS" in path.read_text(encoding="utf-8")

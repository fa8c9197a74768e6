"""A folder as where a price list is fetched from."""

from pathlib import Path

import pytest

from mlflow_cost_desktop.errors import UserError
from mlflow_cost_desktop.prices.new_price import RefusedFileError
from mlflow_cost_desktop.prices.origin import Folder


def test_a_folder_is_read_where_it_is(tmp_path: Path) -> None:
    served = tmp_path / "served"
    (served / "a").mkdir(parents=True)
    (served / "a" / "big.csv").write_bytes(b"some,columns")
    origin = Folder(served)
    file = origin.fetch("/a/big.csv", lambda _: None)
    origin.let_go(file)
    assert file.path == served.resolve() / "a" / "big.csv" and file.path.exists()
    with pytest.raises(RefusedFileError, match="outside of its folder"):
        origin.read("/../secret")
    with pytest.raises(UserError, match="has no nothing.json"):
        origin.read("/nothing.json")

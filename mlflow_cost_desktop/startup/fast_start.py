"""Everything that is done only to have the window sooner, each with what it gains.

Gains are parts of the processor time of a whole start: what a trick leaves out, measured by itself;
all together were measured by `benchmarks/start.py` with and without, in turns. One that gains less
than 2 % goes, as did that of loading the model before the window's modules (nothing).

What needs no trick stands where it belongs. Modules that few starts need (dialogs, the report,
logging) are imported by the function that needs them, and tabs and rows of forms are made when
they first come into sight: one import inside a function is this habit, and needs no reason there.
"""

from __future__ import annotations

import builtins
import dataclasses
import gc
import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager
from functools import partial
from threading import Event
from types import CodeType, ModuleType
from typing import Any

_over = Event()
_over.set()


def begin() -> None:
    """What holds until the window is there; `end` takes back what must not stay."""
    _over.clear()
    # 5 to 13 %: hardly anything that a start makes is garbage.
    gc.disable()
    leave_out()
    _write_methods_later()


def is_over() -> bool:
    """Whether the window has its charts: slow answers, which nobody waits for yet, may follow."""
    return _over.is_set()


def end() -> None:
    """Let garbage be collected from now on: the window has its charts, or will not get them.

    What is there now is never collected. Who collects is `garbage`. A second call does nothing.
    """
    if not _over.is_set():
        gc.freeze()
        _write_methods_at_once()
        _over.set()


WRITES_METHODS = "_create_fn"
"""What compiles a method of a data class from text. Since 3.13 Python compiles all in one go."""

_writes_at_once: Callable[..., Any] | None = getattr(dataclasses, WRITES_METHODS, None)


def _write_methods_later() -> None:
    """7 %: a hundred data classes have five methods each that hardly anybody calls.

    Those are compiled when they are first called; `__init__` is at once.
    """
    if _writes_at_once is not None:
        setattr(dataclasses, WRITES_METHODS, _method_later)


def _write_methods_at_once() -> None:
    if _writes_at_once is not None:
        setattr(dataclasses, WRITES_METHODS, _writes_at_once)


def _method_later(name: str, *text: Any, **names: Any) -> Callable[..., Any]:
    assert _writes_at_once is not None
    write = partial(_writes_at_once, name, *text, **names)
    if name == "__init__":
        return write()
    written: list[Callable[..., Any]] = []

    def method(*arguments: Any) -> Any:
        if not written:
            written.append(write())
        return written[0](*arguments)

    method.__name__ = name
    return method


@contextmanager
def loading_qt() -> Generator[None, None, None]:
    """Loads Qt without what its bindings do for the sake of what nobody here asks for.

    8 %: they put another import in the place of Python's, which reads the source of every module
    imported from then on, to see whether it asks for other names of Qt's methods. None here does.

    6 %: they compile modules that know the arguments of Qt's functions, from text, at every
    start. Each is compiled when it is first asked for something, as by a call that is wrong.
    """
    own_import = builtins.__import__
    own_compile: Callable[..., Any] = builtins.compile

    def compile_later(source: Any, filename: Any, *how: Any, **more: Any) -> Any:
        if str(filename).startswith(SIGNATURES) and not filename.endswith(NEEDED_AT_ONCE):
            _later[filename] = partial(own_compile, source, filename, *how, **more)
            source = f"from {__name__} import later; __getattr__ = later({filename!r}, globals())"
        return own_compile(source, filename, *how, **more)

    builtins.compile = compile_later
    try:
        yield
    finally:
        builtins.__import__, builtins.compile = own_import, own_compile


SIGNATURES = "shibokensupport/signature/"
NEEDED_AT_ONCE = "__init__.py", "loader.py", "importhandler.py", "mapping.py"
_later: dict[str, Callable[[], CodeType]] = {}


def later(filename: str, names: dict[str, Any]) -> Callable[[str], Any]:
    """The `__getattr__` of a module that runs its code when it is first asked for a name."""

    def get(name: str) -> Any:
        if filename in _later and not name.startswith("__"):
            exec(_later.pop(filename)(), names)
        try:
            return names[name]
        except KeyError:
            raise AttributeError(name) from None

    return get


def load_rest_of_qt() -> None:
    """Run the code of all modules that nobody has asked for anything yet."""
    for filename in list(_later):
        hasattr(sys.modules[filename.removesuffix(".py").replace("/", ".")], "anything")


def leave_out() -> None:
    """Modules that others load for what nobody here asks for: what stands in their places is empty.

    3 %: pydantic looks for plug-ins in all that is installed, with Python's modules of e-mail.

    2 %: numpy describes its functions, for who asks for help in a console.
    """
    left_out = {
        "pydantic.plugin._loader": {"get_plugins": tuple},
        "numpy._core._add_newdocs": {},
        "numpy._core._add_newdocs_scalars": {},
    }
    for name, contents in left_out.items():
        module = ModuleType(name)
        vars(module).update(contents)
        sys.modules.setdefault(name, module)


class Mirror(ModuleType):
    """A module with the names of another, which are looked up when they are first asked for."""

    def __init__(self, name: str, mirrored: ModuleType) -> None:
        super().__init__(name)
        self._mirrored = mirrored

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._mirrored, name)
        setattr(self, name, found)
        return found


@contextmanager
def loading_pyqtgraph(*copied: ModuleType) -> Generator[None, None, None]:
    """Loads pyqtgraph without all of Qt.

    6 % of the time until the charts are painted: it copies every name of some modules of Qt to
    modules of its own, and to ask for a name makes a class. These are there already, then, and
    nothing seems to be there to be copied.
    """
    lists = [vars(module).get("__dir__") for module in copied]
    for module in copied:
        name = module.__name__.replace("PySide6", "pyqtgraph.Qt")
        sys.modules.setdefault(name, Mirror(name, module))
        vars(module)["__dir__"] = list
    try:
        yield
    finally:
        for module, names in zip(copied, lists, strict=True):
            if names:  # as modules have that make their classes when they are asked for
                vars(module)["__dir__"] = names
            else:
                del vars(module)["__dir__"]

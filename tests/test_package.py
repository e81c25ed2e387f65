"""What the package promises as a whole: a version, types, and errors that can be looked up."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections import Counter
from importlib.metadata import version
from pathlib import Path

import pytest

import crmplan
from crmplan import errors

PACKAGE = Path(crmplan.__file__).parent
ERRORS = [
    one
    for one in vars(errors).values()
    if isinstance(one, type) and issubclass(one, errors.CrmplanError)
]


def _of_the_whole_program(root: type[errors.CrmplanError]) -> set[type[errors.CrmplanError]]:
    below = root.__subclasses__()
    return {root}.union(*(_of_the_whole_program(one) for one in below))


def test_the_version_is_three_numbers() -> None:
    assert re.fullmatch(r"\d+\.\d+\.\d+", crmplan.__version__)


def test_the_installed_package_has_the_version_of_the_code() -> None:
    try:
        installed = version("crmplan")
    except ModuleNotFoundError:
        pytest.skip("run from a checkout")

    assert installed == crmplan.__version__


def test_the_package_is_typed() -> None:
    assert (PACKAGE / "py.typed").is_file()


def test_every_error_has_a_code_of_its_own() -> None:
    codes = Counter(one.code for one in ERRORS)

    assert [code for code, count in codes.items() if count > 1] == []


def test_a_code_is_words_joined_by_hyphens() -> None:
    assert [one.code for one in ERRORS if not re.fullmatch(r"[A-Z]+(-[A-Z]+)*", one.code)] == []


def test_a_code_begins_with_the_code_of_its_family() -> None:
    children = [(one, one.__base__) for one in ERRORS if one.__base__ in ERRORS[1:]]

    strange = [one.code for one, parent in children if not one.code.startswith(f"{parent.code}-")]

    assert strange == []


def test_the_tree_at_the_top_of_the_module_is_the_tree_of_classes() -> None:
    drawn = re.findall(r"^([│ ├└─]*)(\w+Error)\b", errors.__doc__ or "", flags=re.MULTILINE)

    assert [(name, len(indent) // 4) for indent, name in drawn] == [
        (one.__name__, len(one.__mro__) - 3 - 1) for one in ERRORS
    ]


def test_every_error_of_the_program_stands_in_that_module() -> None:
    for module in pkgutil.walk_packages(crmplan.__path__, "crmplan."):
        # Alembic runs the migrations itself, and __main__ is the program.
        if "migrations." not in module.name and module.name != "crmplan.__main__":
            importlib.import_module(module.name)

    assert _of_the_whole_program(errors.CrmplanError) == set(ERRORS)


def test_an_error_tells_what_to_do_only_when_there_is_something() -> None:
    error = errors.CrmplanError("it does not work")

    assert (str(error), error.message, error.hint) == ("it does not work", "it does not work", None)


def test_exit_statuses_are_those_of_the_guide() -> None:
    assert {one.exit_status for one in ERRORS} <= {
        errors.FAILED,
        errors.FINDINGS,
        errors.LOCKED_OR_NEWER,
    }
    assert (errors.DONE, errors.WRONG_COMMAND_LINE, errors.INTERRUPTED) == (0, 2, 130)

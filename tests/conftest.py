"""What holds for all tests: the bounded part of the faults, chosen by `--sample`."""

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--sample`: of the faults, only those marked `sample`, and fewer rounds."""
    parser.addoption("--sample", action="store_true", help="of the faults a bounded part: minutes, as CI runs them")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Under `--sample`, leave out the faults that are not marked `sample`."""
    if config.getoption("--sample"):
        left_out = [
            item for item in items if item.get_closest_marker("fault") and not item.get_closest_marker("sample")
        ]
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in set(left_out)]

import pytest

from lib.clock import now


@pytest.fixture
def then():
    return now()


def test_time_goes_on(then):
    assert now() >= then

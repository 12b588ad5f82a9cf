import pytest

from tests.patience import tried_again


@pytest.mark.parametrize(("late", "passes"), [(0, True), (2, True), (3, False)])
def test_what_fails_each_time_fails(late: int, passes: bool) -> None:  # noqa: FBT001 - a table of cases
    """Being late twice is forgiven, a third time is not."""
    tries = []

    @tried_again
    def trying() -> None:
        tries.append(1)
        assert len(tries) > late

    if passes:
        trying()
    else:
        with pytest.raises(AssertionError):
            trying()
    assert min(late + 1, 3) == len(tries)

"""What the engine gets from a policy's answer: whole units by lane, or a fault that names the place."""

import numpy as np
import pytest

from policies.answer import MOST_UNITS, ask, reasons, whole_orders
from policies.plugins.made_up import rehearsals
from policies.protocol import Orders, PolicyFault
from policies.registry import policy

NEVER = policy("never")
SCENE = rehearsals()[0]
SEEN = SCENE.seen(NEVER.sees)
SHAPE = SCENE.on_hand.shape


def test_whole_orders_are_int64_in_the_order_of_the_lanes() -> None:
    answer = Orders({"air": np.full(SHAPE, 3.0), "sea": np.full(SHAPE, 4, dtype=np.int32)})
    units = whole_orders(NEVER, answer, SEEN, SHAPE)
    assert list(units) == ["sea", "air"]
    assert {array.dtype for array in units.values()} == {np.dtype(np.int64)}
    assert {array.shape for array in units.values()} == {SHAPE}


def test_one_row_serves_every_run() -> None:
    units = whole_orders(NEVER, Orders({"sea": np.arange(5)}), SEEN, SHAPE)["sea"]
    assert units.shape == SHAPE
    assert (units == np.arange(5)).all()


@pytest.mark.parametrize("most", [MOST_UNITS, float(MOST_UNITS), np.uint64(MOST_UNITS)])
def test_the_largest_order_is_accepted_and_one_more_refused(most) -> None:
    assert (whole_orders(NEVER, Orders({"sea": np.full(SHAPE, most)}), SEEN, SHAPE)["sea"] == MOST_UNITS).all()
    with pytest.raises(PolicyFault, match="policy never on day 120 ordered 1000000000001"):
        whole_orders(NEVER, Orders({"sea": np.full(SHAPE, most) + 1}), SEEN, SHAPE)


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf, 0.5, -1, 2**62, 1e19, -0.25])
def test_a_fault_names_policy_day_lane_run_sku_and_value(value: float) -> None:
    units = np.zeros(SHAPE, dtype=np.int64 if isinstance(value, int) else np.float64)
    units[17, 3] = value
    with pytest.raises(PolicyFault) as caught:
        whole_orders(NEVER, Orders({"air": units}), SEEN, SHAPE)
    assert str(caught.value).startswith(
        f"policy never on day 120 ordered {units[17, 3]} of SKU-3 down lane 'air', run 17"
    )


@pytest.mark.parametrize("shape", [(), (1,), (4,), (5, 50), (49, 5), (2, 50, 5), (50, 1)])
def test_a_shape_that_is_not_one_per_sku_is_refused(shape: tuple[int, ...]) -> None:
    with pytest.raises(PolicyFault, match="give one number per SKU"):
        whole_orders(NEVER, Orders({"sea": np.zeros(shape)}), SEEN, SHAPE)


@pytest.mark.parametrize("value", ["ten", [object()], np.zeros(SHAPE, dtype=bool), np.zeros(SHAPE, dtype=complex)])
def test_what_is_no_number_is_refused(value: object) -> None:
    with pytest.raises(PolicyFault, match="give numbers, one per SKU"):
        whole_orders(NEVER, Orders({"sea": value}), SEEN, SHAPE)


def test_reasons_fill_every_run() -> None:
    why = reasons(NEVER, Orders({}, {"reorder_point": np.arange(5.0)}), SEEN, SHAPE)
    assert why["reorder_point"].shape == SHAPE
    with pytest.raises(PolicyFault, match="why 'reorder_point' has shape"):
        reasons(NEVER, Orders({}, {"reorder_point": np.arange(4.0)}), SEEN, SHAPE)


def test_what_a_policy_raises_is_a_fault_with_its_place() -> None:
    class Raising(type(NEVER)):
        def orders(self, seen):
            return 1 / 0

    with pytest.raises(
        PolicyFault, match=r"policy never on day 120 failed at .*answer\.py:\d+: ZeroDivisionError"
    ) as caught:
        ask(Raising(), SEEN)
    assert isinstance(caught.value.__cause__, ZeroDivisionError)

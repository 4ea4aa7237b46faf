"""Which policies and playbooks there are; `policies.plugins.catalogue` says how a text names one."""

from policies.playbook import Playbook
from policies.playbooks.alerts import Alerts
from policies.playbooks.none import NoPlaybook
from policies.playbooks.peak_guard import PeakGuard
from policies.playbooks.slow_movers import SlowMovers
from policies.playbooks.stock_guided_ads import StockGuidedAds
from policies.plugins.catalogue import Catalogue
from policies.plugins.description import Description, description
from policies.plugins.file import has_method, split_file_spec
from policies.plugins.shape import PLAYBOOK, POLICY
from policies.protocol import Policy
from policies.rules.air_rescue import AirRescue
from policies.rules.base_plus_burst import BasePlusBurst
from policies.rules.base_stock import BaseStock
from policies.rules.growth_uplift import GrowthUplift
from policies.rules.lead_cover import LeadCover
from policies.rules.min_max import MinMax
from policies.rules.never import Never
from policies.rules.oracle import Oracle
from policies.rules.order_ahead import OrderAhead
from policies.rules.reorder_point import ReorderPoint
from policies.rules.service_level import ServiceLevel
from policies.rules.signal_rush import SignalRush

SHIPPED: tuple[type[Policy], ...] = (
    Never,
    Oracle,
    ReorderPoint,
    LeadCover,
    BasePlusBurst,
    ServiceLevel,
    MinMax,
    BaseStock,
    AirRescue,
    SignalRush,
    GrowthUplift,
    OrderAhead,
)
SHIPPED_PLAYBOOKS: tuple[type[Playbook], ...] = (NoPlaybook, Alerts, StockGuidedAds, SlowMovers, PeakGuard)
POLICIES = Catalogue(POLICY, SHIPPED, "stocktide.policies")
PLAYBOOKS = Catalogue(PLAYBOOK, SHIPPED_PLAYBOOKS, "stocktide.playbooks")


def default_field() -> tuple[str, ...]:
    """The policies that are compared when nobody names one."""
    return (
        "never",
        "oracle",
        "reorder-point",
        "reorder-point+air-rescue",
        "base-plus-burst",
        "lead-cover",
        "service-level",
        "min-max",
        "base-stock",
    )


def default_playbooks() -> tuple[str, ...]:
    """The playbooks that are played when nobody names one."""
    return (NoPlaybook.name,)


def policies() -> list[tuple[str, type[Policy]]]:
    """Every named policy: those that ship, in their order, then those that other packages register."""
    return list(POLICIES.named().items())


def playbooks() -> list[tuple[str, type[Playbook]]]:
    """Every named playbook: those that ship, in their order, then those that other packages register."""
    return list(PLAYBOOKS.named().items())


def policy(spec: str) -> Policy:
    """The policy that a text names. Raises PolicyError naming what is allowed."""
    return POLICIES.made(spec)


def playbook(spec: str) -> Playbook:
    """The playbook that a text names. Raises PolicyError naming what is allowed."""
    return PLAYBOOKS.made(spec)


def names_playbook(spec: str) -> bool:
    """Whether a text means a playbook and not a policy: by its name, or by what its class in a file can do."""
    in_file = split_file_spec(spec)
    if in_file is not None:
        return has_method(in_file, PLAYBOOK.method)
    name = spec.partition(":")[0].strip()
    return PLAYBOOKS.ships(name) or (not POLICIES.ships(name) and name in PLAYBOOKS.named())


def describe(name: str) -> Description:
    """What a named policy or playbook, or a class in a file, says about itself. Raises PolicyError on other names."""
    return description(PLAYBOOKS.class_of(name) if names_playbook(name) else POLICIES.class_of(name))

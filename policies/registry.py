"""Which policies, playbooks and routings there are; `policies.plugins.catalogue` says how a text names one."""

from typing import Any

from policies.playbook import Playbook
from policies.playbooks.alerts import Alerts
from policies.playbooks.none import NoPlaybook
from policies.playbooks.peak_guard import PeakGuard
from policies.playbooks.rebalance import Rebalance
from policies.playbooks.slow_movers import SlowMovers
from policies.playbooks.stock_guided_ads import StockGuidedAds
from policies.plugins.catalogue import Catalogue
from policies.plugins.description import Description, description
from policies.plugins.file import has_method, split_file_spec
from policies.plugins.shape import PLAYBOOK, POLICY, ROUTING
from policies.protocol import Policy
from policies.routing import Routing
from policies.routings.bonded_first import BondedFirst
from policies.routings.by_urgency import ByUrgency
from policies.routings.least_cost import LeastCost
from policies.routings.preference import Preference
from policies.routings.protect_scarce import ProtectScarce
from policies.rules.assortment.abc_xyz import AbcXyz
from policies.rules.assortment.analogue import Analogue
from policies.rules.assortment.campaign_loop import CampaignLoop
from policies.rules.assortment.high_repeat import HighRepeat
from policies.rules.assortment.hot_products import HotProducts
from policies.rules.forecasts.forecast_driven import ForecastDriven
from policies.rules.forecasts.long_tail import LongTail
from policies.rules.lots.economic_lot import EconomicLot
from policies.rules.lots.fixed_lot import FixedLot
from policies.rules.lots.joint_replenishment import JointReplenishment
from policies.rules.lots.marginal_reward import MarginalReward
from policies.rules.lots.newsvendor import Newsvendor
from policies.rules.networks.echelon_base_stock import EchelonBaseStock
from policies.rules.networks.fair_share import FairShare
from policies.rules.networks.presale import Presale
from policies.rules.networks.regional_limits import RegionalLimits
from policies.rules.networks.tiers import Tiers
from policies.rules.thresholds.base_plus_burst import BasePlusBurst
from policies.rules.thresholds.base_stock import BaseStock
from policies.rules.thresholds.dynamic_safety import DynamicSafety
from policies.rules.thresholds.lead_cover import LeadCover
from policies.rules.thresholds.min_max import MinMax
from policies.rules.thresholds.periodic_service import PeriodicService
from policies.rules.thresholds.reorder_point import ReorderPoint
from policies.rules.thresholds.service_level import ServiceLevel
from policies.rules.two_lanes.capped_dual_index import CappedDualIndex
from policies.rules.two_lanes.dual_index import DualIndex
from policies.rules.two_lanes.single_index import SingleIndex
from policies.rules.two_lanes.tailored_base_surge import TailoredBaseSurge
from policies.rules.wrappers.ad_prestock import AdPrestock
from policies.rules.wrappers.air_rescue import AirRescue
from policies.rules.wrappers.back_planning import BackPlanning
from policies.rules.wrappers.budget_cap import BudgetCap
from policies.rules.wrappers.calendar_lift import CalendarLift
from policies.rules.wrappers.container_fill import ContainerFill
from policies.rules.wrappers.growth_uplift import GrowthUplift
from policies.rules.wrappers.order_ahead import OrderAhead
from policies.rules.wrappers.show_prestock import InfluencerPrestock
from policies.rules.wrappers.signal_rush import SignalRush
from policies.rules.yardsticks.never import Never
from policies.rules.yardsticks.oracle import Oracle

SHIPPED: tuple[type[Policy], ...] = (
    Never,
    Oracle,
    ReorderPoint,
    LeadCover,
    BasePlusBurst,
    ServiceLevel,
    DynamicSafety,
    PeriodicService,
    MinMax,
    BaseStock,
    FixedLot,
    EconomicLot,
    JointReplenishment,
    Newsvendor,
    MarginalReward,
    ForecastDriven,
    LongTail,
    SingleIndex,
    DualIndex,
    CappedDualIndex,
    TailoredBaseSurge,
    AbcXyz,
    HotProducts,
    HighRepeat,
    Analogue,
    CampaignLoop,
    EchelonBaseStock,
    FairShare,
    Tiers,
    Presale,
    RegionalLimits,
    AirRescue,
    SignalRush,
    GrowthUplift,
    OrderAhead,
    ContainerFill,
    BudgetCap,
    CalendarLift,
    BackPlanning,
    AdPrestock,
    InfluencerPrestock,
)
SHIPPED_PLAYBOOKS: tuple[type[Playbook], ...] = (NoPlaybook, Alerts, StockGuidedAds, SlowMovers, PeakGuard, Rebalance)
SHIPPED_ROUTINGS: tuple[type[Routing], ...] = (Preference, BondedFirst, ByUrgency, LeastCost, ProtectScarce)
POLICIES = Catalogue(POLICY, SHIPPED, "stocktide.policies")
PLAYBOOKS = Catalogue(PLAYBOOK, SHIPPED_PLAYBOOKS, "stocktide.playbooks")
ROUTINGS = Catalogue(ROUTING, SHIPPED_ROUTINGS, "stocktide.routings")


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


def default_routings() -> tuple[str, ...]:
    """The routings that are played when nobody names one."""
    return (Preference.name,)


def policies() -> list[tuple[str, type[Policy]]]:
    """Every named policy: those that ship, in their order, then those that other packages register."""
    return list(POLICIES.named().items())


def playbooks() -> list[tuple[str, type[Playbook]]]:
    """Every named playbook: those that ship, in their order, then those that other packages register."""
    return list(PLAYBOOKS.named().items())


def routings() -> list[tuple[str, type[Routing]]]:
    """Every named routing: those that ship, in their order, then those that other packages register."""
    return list(ROUTINGS.named().items())


def policy(spec: str) -> Policy:
    """The policy that a text names. Raises PolicyError naming what is allowed."""
    return POLICIES.made(spec)


def playbook(spec: str) -> Playbook:
    """The playbook that a text names. Raises PolicyError naming what is allowed."""
    return PLAYBOOKS.made(spec)


def routing(spec: str) -> Routing:
    """The routing that a text names. Raises PolicyError naming what is allowed."""
    return ROUTINGS.made(spec)


def catalogue_of(spec: str) -> Catalogue[Any]:
    """The catalogue that a text belongs to: by its name, or by what its class in a file can do; else the policies."""
    catalogues: tuple[Catalogue[Any], ...] = (POLICIES, PLAYBOOKS, ROUTINGS)
    in_file = split_file_spec(spec)
    if in_file is not None:
        return next((each for each in catalogues[1:] if has_method(in_file, each.kind.method)), POLICIES)
    name = spec.partition(":")[0].strip()
    shipped = next((each for each in catalogues if each.ships(name)), None)
    return shipped or next((each for each in catalogues[1:] if name in each.named()), POLICIES)


def describe(name: str) -> Description:
    """What a named policy, playbook or routing, or a class in a file, says about itself.

    Raises PolicyError on other names.
    """
    return description(catalogue_of(name).class_of(name))

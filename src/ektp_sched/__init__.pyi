"""The public names and where each is: read by editors, and by lazy-loader when a name is used."""

import typing

import ektp_sched.solve.solver as _solver

from .engine.budget import CancelToken as CancelToken
from .desk.agree import Agreed as Agreed, accept as accept, refuse as refuse
from .desk.stand_ins import BorrowedTeamDay as BorrowedTeamDay
from .desk.call_up import CallUp as CallUp, call_up as call_up
from .desk.changes import (
    DeliveryArrived as DeliveryArrived,
    DeliveryLate as DeliveryLate,
    DeliveryPartial as DeliveryPartial,
)
from .desk.changes import VisitDone as VisitDone
from .desk.changes import (
    Change as Change,
    HolidayAdded as HolidayAdded,
    HolidayMoved as HolidayMoved,
    HolidayRemoved as HolidayRemoved,
    KitsOut as KitsOut,
    PupilsCounted as PupilsCounted,
    SchoolAdded as SchoolAdded,
    SchoolAsks as SchoolAsks,
    SchoolClosed as SchoolClosed,
    TeamOff as TeamOff,
)
from .desk.stock import Contingency as Contingency, plan_contingent as plan_contingent
from .desk.contradiction import Contradiction as Contradiction, contradiction as contradiction
from .desk.differences import Changed as Changed, PlanDiff as PlanDiff, diff_plans as diff_plans
from .desk.differences import Effect as Effect
from .desk.explain.explain import explain as explain
from .desk.explain.overview import left_over as left_over
from .desk.explain.values import (
    Explanation as Explanation,
    LeftOver as LeftOver,
    MoveVisit as MoveVisit,
    Reason as Reason,
    Remedy as Remedy,
)
from .desk.follow_up import (
    Expected as Expected,
    MakeUp as MakeUp,
    attendance as attendance,
    expecting as expecting,
    make_up as make_up,
)
from .desk.offer import Offer as Offer, Offers as Offers, offer as offer
from .desk.call_up import Period as Period
from .desk.interventions import (
    LongerHours as LongerHours,
    MoreBlanks as MoreBlanks,
    MoreKits as MoreKits,
    MoreSkills as MoreSkills,
    MoreTeamDay as MoreTeamDay,
    MoreVisits as MoreVisits,
)
from .desk.replan.replan import replan as replan
from .desk.replan.result import (
    Afresh as Afresh,
    ChangeCost as ChangeCost,
    Replanned as Replanned,
    UnmetWish as UnmetWish,
)
from .desk.replan.standing import ImpossiblePromise as ImpossiblePromise
from .desk.stock import (
    Outcome as Outcome,
    Scenario as Scenario,
    usual_scenarios as usual_scenarios,
    what_if as what_if,
)
from .desk.explain.overview import why_left_over as why_left_over
from .desk.worth import Gain as Gain, Worth as Worth, worth as worth
from .domain import (
    Base as Base,
    Break as Break,
    Closed as Closed,
    Cohort as Cohort,
    Delivery as Delivery,
    EstimatedTravel as EstimatedTravel,
    ExtraHours as ExtraHours,
    Floor as Floor,
    Hours as Hours,
    Location as Location,
    MatrixTravel as MatrixTravel,
    Plan as Plan,
    Policy as Policy,
    Problem as Problem,
    School as School,
    Shift as Shift,
    Stock as Stock,
    Team as Team,
    TravelOverride as TravelOverride,
    Visit as Visit,
    WeightedTerm as WeightedTerm,
)
from .errors import (
    BrokenPlanError as BrokenPlanError,
    Complaint as Complaint,
    EktpSchedError as EktpSchedError,
    ExtraError as ExtraError,
    FileError as FileError,
    InputError as InputError,
    PlanError as PlanError,
    ProblemError as ProblemError,
    RequestError as RequestError,
    SettingsError as SettingsError,
)
from .files import (
    changes_schema as changes_schema,
    load_changes as load_changes,
    load_plan as load_plan,
    load_problem as load_problem,
    load_result as load_result,
    plan_schema as plan_schema,
    problem_schema as problem_schema,
    save_plan as save_plan,
    save_problem as save_problem,
    save_problem_xlsx as save_problem_xlsx,
    save_result as save_result,
    write_template as write_template,
)
from .files.icalendar import read_calendar as read_calendar
from .files.geojson import places_geojson as places_geojson, routes_geojson as routes_geojson
from .files.offer_files import load_offers as load_offers, save_offers as save_offers
from .texts.language import speaking as speaking
from .offices import (
    Crew as Crew,
    OfficePlan as OfficePlan,
    OfficeShare as OfficeShare,
    Pool as Pool,
    PoolOffice as PoolOffice,
    ProvinceFloor as ProvinceFloor,
    RuleShare as RuleShare,
    Sharing as Sharing,
    SharingProgress as SharingProgress,
    Shipment as Shipment,
    load_pool as load_pool,
    load_sharing as load_sharing,
    plan_offices as plan_offices,
    pool_schema as pool_schema,
    save_pool as save_pool,
    save_sharing as save_sharing,
    share_out as share_out,
    shared_today as shared_today,
)
from .report.calendars import calendars as calendars
from .report.letters import assignments as assignments, notices as notices
from .report.page import page_of as page_of, write_page as write_page
from .report.pictures import (
    plot_gantt as plot_gantt,
    plot_ledger as plot_ledger,
    plot_map as plot_map,
    plot_plan as plot_plan,
)
from .report.plan_workbook import save_plan_xlsx as save_plan_xlsx
from .report.progress import progress_bar as progress_bar
from .report.visit_words import reasons_in_words as reasons_in_words
from .report.visits_csv import visits_csv as visits_csv
from .rulebook import (
    Advice as Advice,
    Ledger as Ledger,
    LedgerRow as LedgerRow,
    Printing as Printing,
    Report as Report,
    Score as Score,
    Violation as Violation,
    check as check,
    review as review,
    score_of as score_of,
)
from .solve import (
    BlankPrice as BlankPrice,
    Prices as Prices,
    Progress as Progress,
    Result as Result,
    SchoolPrice as SchoolPrice,
    TeamDayPrice as TeamDayPrice,
    TierResult as TierResult,
    prices as prices,
)

__all__: list[str]
__version__: str
solve = _solver.solve  # the package too, which can be called: see solve/__init__.py
if not typing.TYPE_CHECKING:
    from . import solve as solve

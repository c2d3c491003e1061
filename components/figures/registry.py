"""Every figure of a page, listed by hand: tests and the method page run over this list."""

from collections.abc import Callable
from dataclasses import dataclass

import plotly.graph_objects as go

from components.figures.amounts import mirrored_amounts, mirrored_amounts_alt
from components.figures.density import density_strip, density_strip_alt
from components.figures.ladder import stage_ladder, stage_ladder_alt
from components.figures.lanes import statement_lanes, statement_lanes_alt
from components.figures.matrix import matrix_alt, matrix_chart
from components.figures.mirrored import mirrored_boxes, mirrored_boxes_alt
from components.figures.moves import moves_alt, moves_chart
from components.figures.positions import positions_alt, positions_chart
from components.figures.promise import promise_and_arrival, promise_and_arrival_alt
from components.figures.quantities import quantities_alt, quantities_chart
from components.figures.spectrum import spectrum_alt, spectrum_chart
from components.figures.status_course import status_course, status_course_alt
from components.figures.timeline import timeline, timeline_alt


@dataclass(frozen=True, slots=True)
class FigureEntry:
    """A figure and how it is to be read.

    Attributes:
        name: Short name, unique.
        function: Frames and look → figure.
        alt: Frames → alternative text in two sentences.
        question: What the figure answers.
        counting_rule: What counts, and how, in a sentence or two.
    """

    name: str
    function: Callable[..., go.Figure]
    alt: Callable[..., str]
    question: str
    counting_rule: str


FIGURES: tuple[FigureEntry, ...] = (
    FigureEntry(
        name="mirrored_boxes",
        function=mirrored_boxes,
        alt=mirrored_boxes_alt,
        question="What was promised, what arrived?",
        counting_rule="A transfer counts once, at the furthest stage anyone asserts. "
        "“Arrived” needs a party’s own word or two independent speakers.",
    ),
    FigureEntry(
        name="mirrored_amounts",
        function=mirrored_amounts,
        alt=mirrored_amounts_alt,
        question="How many were promised, how many arrived?",
        counting_rule="Lowest and highest number among counted statements, in one unit, never "
        "averaged, never added; each category or system has a scale of its own.",
    ),
    FigureEntry(
        name="timeline",
        function=timeline,
        alt=timeline_alt,
        question="What happened when?",
        counting_rule="A bar runs from the earliest to the latest day that counted statements "
        "allow. What is awaited runs on to the last day that is known.",
    ),
    FigureEntry(
        name="density_strip",
        function=density_strip,
        alt=density_strip_alt,
        question="How much was said in each quarter?",
        counting_rule="A statement counts in the quarter of the first day on which it may have "
        "been said.",
    ),
    FigureEntry(
        name="promise_and_arrival",
        function=promise_and_arrival,
        alt=promise_and_arrival_alt,
        question="What was promised, and how much of it arrived?",
        counting_rule="Lowest and highest quantity among counted statements, never averaged, "
        "never added, as a share of the highest promise. Talks without a promise are left out.",
    ),
    FigureEntry(
        name="stage_ladder",
        function=stage_ladder,
        alt=stage_ladder_alt,
        question="How far did it get?",
        counting_rule="Asserting a stage asserts those before it; denying one denies those after "
        "it. Repeats, and what is withdrawn or improbable, don’t count.",
    ),
    FigureEntry(
        name="status_course",
        function=status_course,
        alt=status_course_alt,
        question="How did the status turn?",
        counting_rule="A status holds from the day on which words that changed it became public "
        "until the next such day; claimed arrivals stand on the days that their speakers name.",
    ),
    FigureEntry(
        name="statement_lanes",
        function=statement_lanes,
        alt=statement_lanes_alt,
        question="Who said what, and when?",
        counting_rule="One mark is one statement. Repeats are small and tied to what they repeat; "
        "improbable and withdrawn statements are small and pale.",
    ),
    FigureEntry(
        name="quantities",
        function=quantities_chart,
        alt=quantities_alt,
        question="How many?",
        counting_rule="Numbers stay with their speaker; nothing is added or averaged. Repeats "
        "are left out, what doesn’t move the status is pale.",
    ),
    FigureEntry(
        name="positions_over_time",
        function=positions_chart,
        alt=positions_alt,
        question="How have judgements moved?",
        counting_rule="One mark is one view, in the month in the middle of the days that it may "
        "have been voiced. Views that answer neither question are left out.",
    ),
    FigureEntry(
        name="moves",
        function=moves_chart,
        alt=moves_alt,
        question="Who moved, and when?",
        counting_rule="A lane stands for a person with two or more different answers to one "
        "question; one mark is one view. The codes of positions are the ledger’s reading.",
    ),
    FigureEntry(
        name="spectrum",
        function=spectrum_chart,
        alt=spectrum_alt,
        question="Who stands where, topic by topic?",
        counting_rule="A person counts once on each topic, at the last answer given there.",
    ),
    FigureEntry(
        name="matrix",
        function=matrix_chart,
        alt=matrix_alt,
        question="Where do speakers agree, and where do they contradict each other?",
        counting_rule="A cell shows each stance that a side has taken, once. Silence is not "
        "denial.",
    ),
)

"""Rules on forecasts: what was expected, and what came after it."""

from collections.abc import Iterator

from data.check_records import Tables
from data.check_statements import is_after
from data.package import Problem


def outcomes_follow_forecasts(tables: Tables) -> Iterator[Problem]:
    """An outcome belongs to a view that forecasts, and is told after it."""
    views, statements = tables.index("views"), tables.index("statements")
    for outcome in tables["view_outcomes"]:
        view, statement = views.get(outcome["view_id"]), statements.get(outcome["statement_id"])
        if view is None or statement is None:  # the keys are judged elsewhere
            continue
        if not view["forecast"]:
            message = "names a view without a forecast; write what it expects in views.csv"
            yield outcome.problem("view_id", message)
        if is_after(view.date("said_date"), statement.date("published_date")):
            message = f"was public before {view.key!r} was said; only what came later is an outcome"
            yield outcome.problem("statement_id", message)


VIEW_CHECKS = (outcomes_follow_forecasts,)

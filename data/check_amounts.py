"""Rules on quantities and deliveries."""

from collections import defaultdict
from collections.abc import Iterator

from data.check_records import Record, Tables
from data.package import Problem

SUPPORTING_STANCES = ("asserts", "confirms", "estimates")
_ARRIVED = ("in_delivery", "delivered")
_AGREED_OR_FURTHER = ("agreed", "licensed_production", *_ARRIVED)


def range_in_order(tables: Tables) -> Iterator[Problem]:
    """The lower number isn't above the higher."""
    for name in ("statements", "deliveries"):
        for record in tables[name]:
            low, high = record.amount("quantity_low"), record.amount("quantity_high")
            if low is not None and high is not None and low > high:
                message = f"is above quantity_high {record['quantity_high']}; swap the two"
                yield record.problem("quantity_low", message)


def quantity_has_unit(tables: Tables) -> Iterator[Problem]:
    """A number says what it counts."""
    for name in ("statements", "deliveries"):
        for record in tables[name]:
            has_number = bool(record["quantity_low"] or record["quantity_high"])
            if has_number and not record["unit_code"]:
                yield record.problem("unit_code", "is empty beside a number; write its unit")


def delivery_has_support(tables: Tables) -> Iterator[Problem]:
    """A delivery rests on a statement that says so of the same transfer."""
    statements = tables.index("statements")
    for delivery in tables["deliveries"]:
        statement = statements.get(delivery["statement_id"])
        if statement is None:
            continue
        if statement["transfer_id"] != delivery["transfer_id"]:
            message = f"is not on transfer {delivery['transfer_id']!r}; name one that is"
            yield delivery.problem("statement_id", message)
        elif not all(tables.has_target(statement, c) for c in ("stance_code", "stage_code")):
            continue  # reported at the statement
        elif statement["stance_code"] not in SUPPORTING_STANCES:
            message = (
                f"has the stance {statement['stance_code']!r}; name a statement that asserts, "
                "confirms or estimates"
            )
            yield delivery.problem("statement_id", message)
        elif statement["stage_code"] not in _ARRIVED:
            message = (
                f"speaks of the stage {statement['stage_code']!r}; name a statement on stage "
                "in_delivery or delivered, or remove the delivery"
            )
            yield delivery.problem("statement_id", message)


def _supported(tables: Tables) -> dict[tuple[str, str], float]:
    """Largest number that a statement gives, by transfer and unit."""
    largest: dict[tuple[str, str], float] = {}
    for statement in tables["statements"]:
        if (
            statement["stance_code"] not in SUPPORTING_STANCES
            or statement["stage_code"] not in _AGREED_OR_FURTHER
        ):
            continue
        key = statement["transfer_id"], statement["unit_code"]
        for column in ("quantity_low", "quantity_high"):
            number = statement.amount(column)
            if number is not None:
                largest[key] = max(number, largest.get(key, number))
    return largest


def deliveries_within_support(tables: Tables) -> Iterator[Problem]:
    """Deliveries of a transfer don't add up to more than anybody speaks of."""
    if not tables.is_whole("statements"):
        return
    supported = _supported(tables)
    groups: defaultdict[tuple[str, str], list[Record]] = defaultdict(list)
    for delivery in tables["deliveries"]:
        groups[delivery["transfer_id"], delivery["unit_code"]].append(delivery)
    for key, deliveries in groups.items():
        total = 0.0
        for delivery in deliveries:
            low = delivery.amount("quantity_low")
            if low is None or key not in supported:
                continue
            total += low
            if total > supported[key]:
                message = (
                    f"brings the deliveries of {key[0]!r} to {total:g} {key[1]}, above the "
                    f"{supported[key]:g} that any statement supports; mend the number, remove "
                    "a row that tells of the same delivery twice, or add the statement"
                )
                yield delivery.problem("quantity_low", message)
                break  # once for a transfer: the rows after it add to the same sum


AMOUNT_CHECKS = (
    range_in_order,
    quantity_has_unit,
    delivery_has_support,
    deliveries_within_support,
)

"""A selection in words, for whoever finds a file without the page that it came from."""

from data.load import Dataset
from data.query_string import choices
from data.selection import Selection
from data.view_filter import FACETS


def selection_words(selection: Selection, dataset: Dataset) -> list[tuple[str, str]]:
    """What a selection asks for.

    Args:
        selection: The selection.
        dataset: Whose names it is told in.

    Returns:
        Name and value of every filter that is set, the record and the as-known date
        included; empty for everything.
    """
    labels = choices(dataset).labels

    def names(key: str, codes: tuple[str, ...]) -> str:
        return ", ".join(labels[key].get(code, code) for code in codes)

    days = f"{selection.first} to {selection.last}" if selection.first else ""
    told = [
        ("Record", names("record", (selection.record,) if selection.record else ())),
        ("Search", selection.q),
        ("Actors", names("actor", selection.actors)),
        ("Direction", names("direction", (selection.direction,) if selection.direction else ())),
        ("Category", names("category", selection.categories)),
        ("Standing", names("standing", selection.standings)),
        ("Dates", days),
        ("Lowest grade that counts", f"{selection.grade} or better" if selection.grade else ""),
        ("As known on", selection.as_of.isoformat() if selection.as_of else ""),
    ]
    for facet in FACETS:
        values = selection.views.values(facet)
        words = ", ".join(values) if facet == "said" else names(facet, values)
        told.append((f"Views: {facet.replace('_', ' ')}", words))
    return [(name, value) for name, value in told if value]

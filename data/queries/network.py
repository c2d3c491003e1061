"""What stands behind a tie or an actor of the network besides its own records."""

from collections.abc import Collection

import pandas as pd

from data.load import Dataset


def tie_views(rows: Dataset, transfer_ids: Collection[str], ends: tuple[str, str]) -> pd.DataFrame:
    """The views that bear on a tie.

    Args:
        rows: The rows that are shown.
        transfer_ids: Transfers of the tie.
        ends: Ids of its two actors.

    Returns:
        Rows of `views` that judge one of the transfers or, where the tie has none,
        that speak about both actors or what belongs to them; the latest first.
    """
    if transfer_ids:
        links = rows.view_transfers
        ids = set(links.loc[links["transfer_id"].isin(transfer_ids), "view_id"])
    else:
        ids = _spoken_of(rows, ends[0]) & _spoken_of(rows, ends[1])
    return _latest_first(rows.views, ids)


def actor_views(rows: Dataset, actor_id: str) -> pd.DataFrame:
    """The views that speak about an actor or what belongs to it, the latest first."""
    return _latest_first(rows.views, _spoken_of(rows, actor_id))


def _spoken_of(rows: Dataset, actor_id: str) -> set[str]:
    own = [actor_id in lineage for lineage in rows.actors["lineage"]]
    actors = set(rows.actors.loc[own, "actor_id"])
    links = rows.view_actors
    return set(links.loc[links["actor_id"].isin(actors), "view_id"])


def _latest_first(views: pd.DataFrame, ids: set[str]) -> pd.DataFrame:
    found = views[views["view_id"].isin(ids)]
    return found.sort_values(["said_date_earliest", "view_id"], ascending=[False, True])


def evidence_sources(
    rows: Dataset, statement_ids: Collection[str], relation_ids: Collection[str]
) -> pd.DataFrame:
    """The documents that some statements and relations rest on.

    Args:
        rows: The rows that are shown.
        statement_ids: Which statements.
        relation_ids: Which relations.

    Returns:
        Rows of `sources`, each once, further documents included; the latest first.
    """
    cited: set[str] = set()
    for frame, links, key, ids in (
        (rows.statements, rows.statement_sources, "statement_id", statement_ids),
        (rows.relations, rows.relation_sources, "relation_id", relation_ids),
    ):
        for table in (frame, links):
            cited.update(table.loc[table[key].isin(ids), "source_id"])
    found = rows.sources[rows.sources["source_id"].isin(cited)]
    return found.sort_values(["published_date_earliest", "source_id"], ascending=[False, True])

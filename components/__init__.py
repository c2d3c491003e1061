"""Everything that a page shows: figures, the network, panels and briefs."""

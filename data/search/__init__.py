"""Finding rows by words: folding of spellings, what a query asks for, and the index."""

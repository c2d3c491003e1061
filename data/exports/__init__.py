"""What a reader takes along: the rows of a selection as files."""

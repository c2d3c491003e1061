"""The pages, each a thin script: selection → query → panel."""

"""The API: the rows of the pages as JSON, CSV, feed and citations, documented by OpenAPI."""

from dashboard.api.routes import api_routes

__all__ = ["api_routes"]

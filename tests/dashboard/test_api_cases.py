"""Whatever the OpenAPI document allows, and much that it doesn't: no failure, nothing undocumented.

`API_EXAMPLES=100 pytest tests/dashboard/test_api_cases.py -s` asks for more, and counts.
"""

import os
from collections import Counter

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode, checks
from schemathesis.specs.openapi import checks as of_openapi
from starlette.applications import Starlette

from dashboard.api import api_routes

EXAMPLES = int(os.environ.get("API_EXAMPLES", "3"))
CHECKS = [
    checks.not_a_server_error,
    of_openapi.status_code_conformance,
    of_openapi.content_type_conformance,
    of_openapi.response_headers_conformance,
    of_openapi.response_schema_conformance,
]
SCHEMA = schemathesis.openapi.from_asgi("/api/v1/openapi.json", Starlette(routes=api_routes()))
OPERATIONS = {found.ok().path: found.ok() for found in SCHEMA.get_all_operations()}
SEEN: Counter[int] = Counter()
KEPT = 3  # keys of a query: with all of them at once hardly any would be understood


@pytest.fixture(scope="module", autouse=True)
def _counted():
    yield
    if EXAMPLES > 3:
        print(f"\n{SEEN.total()} requests to {len(OPERATIONS)} routes: {dict(SEEN)}")


@pytest.mark.parametrize("path", OPERATIONS)
def test_no_route_fails_or_answers_what_is_not_documented(own_data, path):
    operation = OPERATIONS[path]
    needed = {p.name for p in operation.query if p.is_required}
    cases = st.one_of(
        operation.as_strategy(generation_mode=mode)
        for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
    )

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        derandomize=EXAMPLES <= 3,
        phases=(Phase.explicit, Phase.generate),
        suppress_health_check=list(HealthCheck),
    )
    @given(case=cases, order=st.randoms(use_true_random=False))
    def ask(case, order):
        asked = dict(case.query or {})
        kept = order.sample(sorted(asked), min(len(asked), KEPT))
        case.query = {key: asked[key] for key in asked if key in kept or key in needed}
        answer = case.call()
        SEEN[answer.status_code] += 1
        case.validate_response(answer, checks=CHECKS)

    ask()


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE"])
def test_other_methods_are_refused_on_every_route(own_data, api, method):
    for path in OPERATIONS:
        answer = api.request(method, path.replace("{id}", "x"))
        assert answer.status_code == 405, path
        assert "GET" in answer.headers["allow"]

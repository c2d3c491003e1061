"""The README's requests do what it says of them."""

import re
import xml.etree.ElementTree as ET
from pathlib import Path
from urllib.parse import urlsplit

README = (Path(__file__).resolve().parents[2] / "README.md").read_text(encoding="utf-8")
CURL = re.compile(r"^curl .*?'http://localhost:8501(/api/[^']+)'", re.MULTILINE)


def test_every_request_of_the_readme_is_answered_with_rows(own_data, api):
    requests = CURL.findall(README)
    assert len(requests) >= 4
    for url in requests:
        answer = api.get(url)
        assert answer.status_code == 200, url
        path = urlsplit(url).path
        if path.endswith(".csv"):
            assert len(answer.text.splitlines()) > 2
        elif path.endswith(".atom"):
            assert len(ET.fromstring(answer.content)) > 20
        elif path.endswith((".ris", ".bib")):
            assert len(answer.text) > 200
        else:
            assert answer.json()["data"]


def test_every_address_of_the_readme_is_there(own_data, api):
    named = set(re.findall(r"`(/api/v1/[a-z0-9/.-]+)", README))
    assert {"/api/v1/docs", "/api/v1/changes.atom"} <= named
    for path in named:
        assert api.get(path).status_code in (200, 400), path  # 400: a key is needed

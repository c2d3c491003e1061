"""What axe finds on a page, Streamlit's own parts included: nothing is excused."""

from dataclasses import dataclass

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

# Every rule of WCAG 2.0 to 2.2 at levels A and AA, whatever its impact, on the whole document.
_AXE = """() => axe.run(document,
  {resultTypes: ['violations'],
   runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']})"""


@dataclass(frozen=True, slots=True)
class Finding:
    """One element that breaks one rule.

    Attributes:
        rule: Id of axe's rule.
        impact: How grave axe holds it to be.
        target: Selector of the element.
        html: Its beginning.
    """

    rule: str
    impact: str
    target: str
    html: str

    def __str__(self) -> str:
        return f"{self.rule} ({self.impact}): {self.target} {self.html}"


def findings(page: Page) -> list[Finding]:
    """All that axe finds on the page as it stands."""
    page.evaluate(AXE_SCRIPT)
    found = page.evaluate(_AXE)
    return [
        Finding(one["id"], one["impact"], str(node["target"]), node["html"][:200])
        for one in found["violations"]
        for node in one["nodes"]
    ]

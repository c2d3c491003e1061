"""What axe finds on a page, and which findings are Streamlit's own."""

from collections.abc import Sequence
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


@dataclass(frozen=True, slots=True)
class Allowed:
    """Findings in parts that Streamlit draws and an app can't mend.

    Attributes:
        rule: Id of axe's rule.
        part: Text that stands in the element's selector or beginning.
        reason: Why it is there, and why it can't be mended from here.
        issue: Where it is reported to Streamlit, or that no report was found.
    """

    rule: str
    part: str
    reason: str
    issue: str

    def covers(self, finding: Finding) -> bool:
        """Whether this is the finding."""
        return finding.rule == self.rule and self.part in f"{finding.target} {finding.html}"


ALLOWED: tuple[Allowed, ...] = ()


def findings(page: Page) -> list[Finding]:
    """All that axe finds on the page as it stands."""
    page.evaluate(AXE_SCRIPT)
    found = page.evaluate(_AXE)
    return [
        Finding(one["id"], one["impact"], str(node["target"]), node["html"][:200])
        for one in found["violations"]
        for node in one["nodes"]
    ]


def split(found: Sequence[Finding]) -> tuple[list[Finding], list[Finding]]:
    """Parts findings into our own and Streamlit's."""
    theirs = [one for one in found if any(entry.covers(one) for entry in ALLOWED)]
    return [one for one in found if one not in theirs], theirs

"""Takes a picture of every scene in four forms, and lists what axe finds in each.

    python -m tests.browser.shots [--out build/shots] [--only record,event] [--base URL]

Ends with 1 if a page is wider than its window, shows an exception, logs an error, or axe finds
anything.
"""

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from tests.browser.accessibility import findings
from tests.browser.chromium import CHROMIUM_ARGS, find_chromium
from tests.browser.scenes import FORMS, HEIGHTS, SCENES, Form
from tests.browser.visit import PageLog, Server, settle

_TALLEST = 6000  # px; longer pages are cut
# The page scrolls inside this element; the document itself must not scroll sideways either.
_HEIGHT = "() => document.querySelector('[data-testid=\"stMain\"]').scrollHeight"
WIDER = """() => {
  const main = document.querySelector('[data-testid="stMain"]');
  return Math.max(document.documentElement.scrollWidth - innerWidth,
                  main.scrollWidth - main.clientWidth);
}"""


@contextmanager
def _base(given: str) -> Iterator[str]:
    if given:
        yield given
        return
    # A part that fails is to be seen as such, not as an apology.
    server = Server({"ARMS_LEDGER_FAULTS": "raise"})
    try:
        yield server.url
    finally:
        server.stop()


def _picture(page: Page, form: Form, path: Path) -> None:
    """Takes the whole page: its own height, not the window's."""
    height = min(max(page.evaluate(_HEIGHT) + 20, HEIGHTS[form.width]), _TALLEST)
    page.set_viewport_size(ViewportSize(width=form.width, height=height))
    settle(page)
    page.screenshot(path=path)


def _take(browser: Browser, base: str, name: str, form: Form, out: Path) -> list[str]:
    """Takes one picture; returns what is wrong, one line each."""
    context, log = form.context(browser, service_workers="block"), PageLog()
    log.attach(context)
    page = context.new_page()
    try:
        SCENES[name].show(page, base)
        wrong = [
            f"exception: {text}" for text in page.get_by_test_id("stException").all_inner_texts()
        ]
        wider = page.evaluate(WIDER)
        if wider > 0:
            wrong.append(f"{wider} px wider than its window")
        found = findings(page)
        wrong += [str(one) for one in found]
        wrong += [f"console: {error}" for error in log.errors]
        _picture(page, form, out / f"{name}-{form}.png")
        print(f"{name:<22} {form!s:<11} axe: {len(found)}", flush=True)
        return wrong
    finally:
        context.close()


def main() -> int:
    """Takes the pictures; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("build/shots"))
    parser.add_argument("--only", default=",".join(SCENES), help="scenes, apart by commas")
    parser.add_argument("--forms", default="", help="forms such as 390-dark; all by default")
    parser.add_argument("--base", default="", help="address of a running app")
    args = parser.parse_args()
    chromium = find_chromium()
    if chromium is None:
        print("no Chromium found; install it or set CHROMIUM=/path/to/it", file=sys.stderr)
        return 2
    args.out.mkdir(parents=True, exist_ok=True)
    forms = [form for form in FORMS if not args.forms or str(form) in args.forms.split(",")]
    wrong: list[str] = []
    with _base(args.base) as base, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(CHROMIUM_ARGS))
        for name in args.only.split(","):
            for form in forms:
                try:
                    found = _take(browser, base, name, form, args.out)
                except Exception as error:
                    found = [f"not taken: {error}"]
                wrong += [f"{name} {form}: {line}" for line in found]
        browser.close()
    (args.out / "findings.txt").write_text("\n".join(wrong) + "\n", encoding="utf-8")
    print(*wrong, f"{len(wrong)} findings; pictures in {args.out}", sep="\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())

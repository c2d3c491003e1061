"""Downloads by a reader: the file of a view, opened again, shows the same view."""

import zipfile
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

from playwright.sync_api import Page, expect

from data.exports.excerpt import excerpt
from data.load import load_dataset
from data.query_string import from_query
from data.receipt import receipt
from tests.browser.visit import Server, goto, settle


def test_a_package_downloaded_from_a_page_shows_its_view(
    page: Page, server: Server, tmp_path: Path
) -> None:
    goto(page, f"{server.url}/ledger?direction=russia-iran&as_of=2023-06-30")
    settle(page)
    page.get_by_test_id("stSidebar").get_by_role("button", name="Download").click()
    dialog = page.get_by_role("dialog")
    package = dialog.get_by_role("button", name="Data package (ZIP)")
    expect(package).to_be_visible(timeout=20_000)
    given = dialog.get_by_test_id("stCode").inner_text().strip()
    with page.expect_download() as waiting:
        package.click()
    name = waiting.value.suggested_filename
    assert name.startswith("arms-ledger-")
    assert name.endswith("-known-2023-06-30.zip")
    waiting.value.save_as(tmp_path / name)
    with zipfile.ZipFile(tmp_path / name) as archive:
        archive.extractall(tmp_path / "package")
    dataset = load_dataset(tmp_path / "package")
    selection, problems = from_query(parse_qsl(urlsplit(page.url).query), dataset)
    assert not problems
    assert receipt(excerpt(dataset, selection)) == given

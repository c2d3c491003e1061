"""What Streamlit's own page lacks: a way past the filters, stillness, and targets big enough.

All must stand outside the part of the page that an app can fill: the link before
everything else that can be focused, the rules over Streamlit's own transitions and over
its parts that are under 24 pixels wide (WCAG 2.2, 2.5.8), and over the tags of chosen values,
which are white on a pale ground in the dark (1.4.3). On a phone a button with the
word on it opens the filters, whose own sign is two angles. A component without a face
puts them there; nothing of the data is in them.
"""

import streamlit as st

# Key of the button that opens the filters on a phone.
DRAWER_KEY = "open_drawer"

_AIDS = """
const LINK = "skip-to-content";
const RULES = `
  #${LINK} { position: fixed; left: 8px; top: -64px; z-index: 1000000; padding: 10px 16px;
    font: 600 15px "Source Sans", sans-serif; background: #14171B; color: #FBFAF7;
    border-radius: 3px }
  #${LINK}:focus { top: 8px; outline: 3px solid #D9AE3C }
  [data-testid="stMultiSelectTagsContainer"] [role="group"] > span { background: none;
    color: inherit; box-shadow: inset 0 0 0 1px currentColor }
  [data-testid="stMultiSelectTagsContainer"] [role="group"] > span * { color: inherit }
  [data-testid="stDateInput"] [role="spinbutton"] { min-width: 24px; min-height: 24px;
    display: inline-flex; align-items: center; justify-content: center }
  [data-testid="stMultiSelect"] button[aria-label="Clear all"],
  [data-testid="stSelectbox"] button[aria-label="Clear value"] { min-width: 24px; min-height: 24px }
  @media (prefers-reduced-motion: reduce) {
    *, *::before, *::after { animation-duration: 0.01ms !important;
      animation-iteration-count: 1 !important; transition-duration: 0.01ms !important;
      scroll-behavior: auto !important }
  }`;

export default function() {
  if (document.getElementById(LINK)) return;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(RULES);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  const link = document.createElement("a");
  link.id = LINK;
  link.href = "#" + LINK;
  link.textContent = "Skip to the content";
  link.addEventListener("click", (event) => {
    event.preventDefault();
    const heading = document.querySelector('[data-testid="stMain"] h1');
    if (!heading) return;
    heading.tabIndex = -1;
    heading.focus();
    heading.scrollIntoView();
  });
  document.body.prepend(link);
  document.addEventListener("click", (event) => {
    if (!event.target.closest(".st-key-open_drawer button")) return;
    const sign = document.querySelector('[data-testid="stExpandSidebarButton"]');
    (sign?.querySelector("button") ?? sign)?.click();
  });
}
"""
_aids = st.components.v2.component("reader_aids", js=_AIDS)


def reader_aids() -> None:
    """Puts the aids into the page; once is enough, however often it is called."""
    _aids(key="reader_aids", height="content")

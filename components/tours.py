"""Guided tours: short walks through views of the ledger, each view with one sentence.

A step is a link like any other. Its sentence says what to look at and who claims what; every number
stands on the page itself, computed from the data.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Step:
    """One view of a tour.

    Attributes:
        page: Name of the page.
        query: Its query, as key–value pairs.
        words: One sentence on what is seen there.
    """

    page: str
    query: tuple[tuple[str, str], ...]
    words: str


@dataclass(frozen=True, slots=True)
class Tour:
    """A walk in five to seven steps.

    Attributes:
        code: Name in links.
        title: Its title.
        words: What it is about, in one sentence.
        steps: The views in order.
    """

    code: str
    title: str
    words: str
    steps: tuple[Step, ...]


_DRONES = (("direction", "iran-russia"), ("category", "uav"))

TOURS: tuple[Tour, ...] = (
    Tour(
        "drones",
        "Drones for a war",
        "How a transfer that both parties denied came to be admitted, and then to be built in "
        "Russia.",
        (
            Step(
                "record",
                (("as_of", "2022-10-31"), ("record", "shahed-before-war")),
                "By the end of October 2022 the United States and Ukraine say that Iranian drones "
                "fly for Russia; Tehran and Moscow deny it, and the record reads denied.",
            ),
            Step(
                "record",
                (("as_of", "2022-11-06"), ("record", "shahed-before-war")),
                "On 5 November Iran’s foreign minister says that a small number was supplied "
                "months before the war: the status turns, and the denials stay on the record.",
            ),
            Step(
                "statements",
                (*_DRONES, ("as_of", "2022-12-31")),
                "Each row of the grid is a speaker, each column a transfer: see who asserted, who "
                "denied and who kept silent by the end of 2022.",
            ),
            Step(
                "record",
                (("record", "shahed-wartime"),),
                "Tehran owns to a few drones before the invasion and denies those of the war, "
                "which rest on the word of others.",
            ),
            Step(
                "record",
                (("record", "alabuga-licence"),),
                "From imports to a plant of Russia’s own: what is known of drones built at "
                "Alabuga, and from whom.",
            ),
            Step(
                "timeline",
                (*_DRONES, ("dates", "2021-06-01"), ("dates", "2025-12-31")),
                "Sanctions, denials and first uses beside the transfers: each mark opens what "
                "stands behind it.",
            ),
            Step(
                "views",
                (("topic", "drones"),),
                "What those who study the drones conclude, with who they are and where they said "
                "it.",
            ),
        ),
    ),
    Tour(
        "jets",
        "The jets that never came",
        "Su-35 fighters: said to be bought, said to have arrived, and not seen.",
        (
            Step(
                "record",
                (("as_of", "2022-12-31"), ("record", "su-35")),
                "At the end of 2022 the sale is an American charge and a wish of Iran’s air "
                "force; neither government has spoken of a contract.",
            ),
            Step(
                "record",
                (("as_of", "2023-03-31"), ("record", "su-35")),
                "In March 2023 Iran’s mission to the UN speaks of a completed deal: from here on "
                "the ledger counts the days of an open promise.",
            ),
            Step(
                "record",
                (("record", "su-35"),),
                "Arrivals are claimed by some and denied by others; no party says that a jet "
                "came, so the stage stays at agreed.",
            ),
            Step(
                "record",
                (("record", "yak-130"),),
                "What did come: Yak-130 trainers, of which Iran’s army said in September 2023 "
                "that they had joined it.",
            ),
            Step(
                "ledger",
                (("direction", "russia-iran"), ("category", "combat_aircraft")),
                "All combat aircraft from Russia to Iran since the 1990s: what arrived long ago, "
                "and what was only promised since.",
            ),
            Step(
                "views",
                (("topic", "combat_aircraft"),),
                "Why the jets did not come: those who follow the sale differ on the reason.",
            ),
        ),
    ),
    Tour(
        "alliance",
        "What an alliance would not do",
        "A treaty without a duty to fight, and two wars that put it to the test.",
        (
            Step(
                "record",
                (("record", "treaty-signed-2025-01-17"),),
                "In January 2025 the two presidents sign a partnership treaty: who said what of it "
                "on the day.",
            ),
            Step(
                "views",
                (("topic", "treaty"),),
                "What those who read the treaty say that it binds each side to, and what not.",
            ),
            Step(
                "views",
                (
                    ("topic", "limits_of_alliance"),
                    ("position", "russia_will_not_support"),
                    ("said", "../2025-06-12"),
                ),
                "Who thought before June 2025 that Russia would not come to Iran’s aid.",
            ),
            Step(
                "timeline",
                (("dates", "2025-05-01"), ("dates", "2025-10-31")),
                "The war of June 2025, and what was said of arms from Russia in the months around "
                "it.",
            ),
            Step(
                "ledger",
                (("direction", "russia-iran"), ("category", "air_defence")),
                "Air defence from Russia to Iran: what was delivered before the war, and what is "
                "said to have followed.",
            ),
            Step(
                "record",
                (("record", "arms-package-2026"),),
                "In the war of 2026 Kyiv says that Russia passes arms to Iran; the Kremlin says "
                "that Tehran asked for none, and Iran’s minister gives no details.",
            ),
            Step(
                "views",
                (("topic", "limits_of_alliance"), ("said", "2025-06-13/..")),
                "What those who study the tie concluded once the wars had come, and who changed "
                "their mind.",
            ),
        ),
    ),
)
BY_CODE = {tour.code: tour for tour in TOURS}

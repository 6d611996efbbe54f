"""Every form of a full studio, as its pages have it, with nothing, too much, and what nobody would type.

Each answer is a page in words, whatever was sent. The forms are found on the pages: a new one is tried by itself.
"""

import re
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest
from filled import GUEST, fill
from housed import Housed, housed
from pages_of import MEMBER, OWNER, STRANGER

FOUND = """
(html) => [...new DOMParser().parseFromString(html, "text/html").forms].map((form) => {
  const all = [...form.elements].filter((one) => one.name && !["submit", "file"].includes(one.type));
  return {
    at: form.getAttribute("action"), method: form.method,
    kept: Object.fromEntries(all.filter((one) => one.type === "hidden").map((one) => [one.name, one.value])),
    fields: [...new Set(all.filter((one) => one.type !== "hidden").map((one) => one.name))],
  };
})
"""
STRANGE = (
    "-1e999",
    "<script>document.title = 'taken'</script>\u202e\u2066\x1b[31m𝒜 '; DROP TABLE works; --",
    "w_aaaaaaaaaaaa",
    "\x00\ufffe",
)
"""No number, markup and what turns letters round, somebody else's id, no characters: the fields take turns."""


def fillings(fields: list[str]) -> Generator[tuple[str, dict[str, str]]]:
    """What a form is sent with: how that is called, and the fields."""
    yield "nothing", dict.fromkeys(fields, "")
    yield "too much", dict.fromkeys(fields, "x" * 6_000)
    yield "far too much", {fields[0]: "🐦" * 150_000}
    for turn in range(2):
        yield "strange", {name: STRANGE[(n + turn) % 4] for n, name in enumerate(fields)}


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Generator[tuple[Housed, dict[str, str]]]:
    home: Path = tmp_path_factory.mktemp("forms") / "home"
    with housed(home) as house:
        yield house, fill(house)


def test_every_form(full: tuple[Housed, dict[str, str]], browser: Any) -> None:
    house, names = full
    tried = set[str]()
    for who, pages in (("owner", OWNER), ("ana", MEMBER), ("", STRANGER)):
        come = house.signed_in if who else house.come
        context = come(browser, GUEST, who)
        forms = found(context, house.base, [one.format_map(names) for one in pages])
        for shape, form in forms.items():
            if shape in tried:
                continue
            tried.add(shape)
            for what, sent in fillings(form["fields"]):
                answer = send(context, house.base, form, sent)
                said = answer.text()
                assert answer.status < 500, (shape, what, said)
                assert "<h1" in said and "<script>document" not in said, (shape, what)
        context.close()
    assert len(tried) > 20, tried


def found(context: Any, base: str, pages: list[str]) -> dict[str, Any]:
    """Each form that has something to fill in, once for each way and shape of address it is sent to."""
    forms, page = dict[str, Any](), context.new_page()
    for one in pages:
        for form in page.evaluate(FOUND, context.request.get(base + one).text()):
            shape = re.sub(r"/([a-z]_[a-z2-7]{12}|\d+)", "/…", f"{form['method']} {form['at']}")
            if form["fields"]:
                forms.setdefault(shape, form)
    page.close()
    return forms


def send(context: Any, base: str, form: Any, fields: dict[str, str]) -> Any:
    """Sends it so filled in, with what stands in it unseen."""
    sent, at = form["kept"] | fields, base + form["at"]
    if form["method"] == "get":
        short = {name: value[:1000] for name, value in sent.items()}  # as an address is
        return context.request.get(at, params=short)
    headers = {"Origin": base, "Accept": "text/html"}
    return context.request.post(at, form=sent, headers=headers)

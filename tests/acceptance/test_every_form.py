"""Every form of a full studio, as its pages have it, with nothing, too much, and what nobody would type.

Each answer is a page in words, whatever was sent. The forms are found on the pages: a new one is tried by itself.
"""

from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest
from filled import GUEST, fill
from housed import Housed, housed
from pages_of import MEMBER, OWNER, STRANGER

FOUND = """
[...document.forms].map((form) => {
  const all = [...form.elements].filter((one) => one.name && !["submit", "file"].includes(one.type));
  return {
    at: form.getAttribute("action"), method: form.method,
    kept: Object.fromEntries(all.filter((one) => one.type === "hidden").map((one) => [one.name, one.value])),
    fields: [...new Set(all.filter((one) => one.type !== "hidden").map((one) => one.name))],
  };
})
"""
SENT = {
    "nothing": "",
    "too much": "x" * 6_000,
    "far too much": "🐦" * 150_000,
    "no number": "-1e999",
    "markup": "<script>document.title = 'taken'</script>\u202e\u2066\x1b[31m𝒜 '; DROP TABLE works; --",
    "somebody else's": "w_aaaaaaaaaaaa",
    "no character": "\x00\ufffe",
}


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Generator[tuple[Housed, dict[str, str]]]:
    home: Path = tmp_path_factory.mktemp("forms") / "home"
    with housed(home) as house:
        yield house, fill(house)


@pytest.mark.parametrize(("who", "pages"), [("owner", OWNER), ("ana", MEMBER), ("", STRANGER)])
def test_every_form(
    full: tuple[Housed, dict[str, str]], browser: Any, who: str, pages: tuple[str, ...]
) -> None:
    house, names = full
    come = house.signed_in if who else house.come
    context = come(browser, GUEST, who, java_script_enabled=False)
    forms = found(context.new_page(), house.base, [one.format_map(names) for one in pages])
    assert len(forms) >= 5, forms.keys()
    for (method, at), form in forms.items():
        for what, text in SENT.items():
            answer = send(context, house.base, method, at, form, text)
            said = answer.text()
            assert answer.status < 500, (at, what, said)
            assert "<h1" in said and "<script>document" not in said, (at, what)
    context.close()


def found(page: Any, base: str, pages: list[str]) -> dict[tuple[str, str], Any]:
    """Each form that has something to fill in, once for each address it is sent to."""
    forms = dict[tuple[str, str], Any]()
    for one in pages:
        page.goto(base + one)
        for form in page.evaluate(FOUND):
            if form["fields"]:
                forms.setdefault((form["method"], form["at"]), form)
    page.close()
    return forms


def send(context: Any, base: str, method: str, at: str, form: Any, text: str) -> Any:
    """Sends it with this text in each of its fields; with one that is very long in the first of them alone."""
    fields = form["fields"][: 1 if len(text) > 100_000 else None]
    sent = dict.fromkeys(fields, text) | form["kept"]
    if method == "get":
        cut = {name: value[:1000] for name, value in sent.items()}  # an address is short
        return context.request.get(base + at, params=cut)
    headers = {"Origin": base, "Accept": "text/html"}
    return context.request.post(base + at, form=sent, headers=headers)

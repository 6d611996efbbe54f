"""What asks for a change: a page of ours, a program with a key, or somebody else's page."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.datastructures import Headers

from uncaged.core.errors import NotAllowed
from uncaged.web.crossing import SAFE, refuse_crossing

HOST = "studio.test:8484"


@pytest.mark.parametrize("method", SAFE)
def test_looking_is_free(method: str) -> None:
    refuse_crossing(method, Headers({"origin": "http://evil.example"}), HOST, False)


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "get", ""])
def test_everything_else_says_where_it_comes_from(method: str) -> None:
    with pytest.raises(NotAllowed):
        refuse_crossing(method, Headers({}), HOST, False)
    refuse_crossing(method, Headers({"origin": f"https://{HOST}"}), HOST, False)
    refuse_crossing(method, Headers({"authorization": "Bearer x"}), HOST, False)


@pytest.mark.parametrize(
    "said", [{"origin": "http://evil.example"}, {"sec-fetch-site": "none-such"}]
)
def test_only_a_key_of_ours_passes_from_elsewhere(said: dict[str, str]) -> None:
    headers = Headers(said | {"authorization": "Basic Zm9vOmJhcg=="})
    refuse_crossing("POST", headers, HOST, True)
    with pytest.raises(NotAllowed):
        refuse_crossing("POST", headers, HOST, False)


def test_whoever_has_no_key_learns_which_will_do() -> None:
    with pytest.raises(NotAllowed, match="any will do: Authorization: Bearer none"):
        refuse_crossing("POST", Headers({}), HOST, False, any_key=True)
    with pytest.raises(NotAllowed, match="`uncaged key add NAME`"):
        refuse_crossing("POST", Headers({}), HOST, False)


@given(st.text(st.characters(codec="latin-1")))
def test_no_other_origin_passes(origin: str) -> None:
    with pytest.raises(NotAllowed):
        refuse_crossing("POST", Headers({"origin": origin}), HOST, False)


@given(st.text(st.characters(codec="latin-1")).filter(lambda t: t not in ("same-origin", "none")))
def test_no_other_site_passes(site: str) -> None:
    headers = {"origin": f"http://{HOST}", "sec-fetch-site": site}
    with pytest.raises(NotAllowed):
        refuse_crossing("POST", Headers(headers), HOST, False)

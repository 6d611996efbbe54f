"""The stream of examples: always the same, evenly spread, rightly labelled; its captions can be read again."""

from collections import Counter
from dataclasses import replace
from itertools import islice

import numpy as np
import pytest

from uncaged.core.errors import AskedWrong
from uncaged.engines.ink.data import example, examples
from uncaged.engines.ink.data_captions import captions
from uncaged.engines.ink.data_plain import PlainPicture, boxes
from uncaged.engines.ink.data_plan import plan
from uncaged.engines.ink.data_tongues import names, phrase
from uncaged.engines.ink.genome import scene
from uncaged.engines.ink.numbers import Stream
from uncaged.engines.ink.scene import Scene, Subject
from uncaged.engines.ink.settings import settings
from uncaged.engines.ink.stage import Film
from uncaged.engines.ink.staging import staged
from uncaged.engines.ink.words import read
from uncaged.engines.ink.words.sentence import nearest_hue

READ_AGAIN = 100


def test_an_example_depends_on_seed_and_number_alone() -> None:
    first = list(islice(examples(7, side=32), 3))
    again = next(examples(7, side=32, start=2))
    assert again.scene == first[2].scene and again.captions == first[2].captions
    assert again.genome == first[2].genome and again.labels == first[2].labels
    assert np.array_equal(again.frames, first[2].frames)
    assert example(8, 2, side=32).scene != again.scene


@pytest.mark.parametrize("plain", [True, False])
def test_what_an_example_is_made_of(plain: bool) -> None:
    one = example(3, 5, side=48, frames=2, plain=plain)
    assert one.frames.shape == (2, 48, 48, 3) and one.frames.dtype == np.uint8
    assert one.boxes.shape == (2, len(one.labels), 4) and one.boxes.dtype == np.float32
    assert one.boxes.min() >= 0 and one.boxes.max() <= 48
    assert (one.boxes[..., 2:] >= one.boxes[..., :2]).all()
    counted = Counter(label.subject for label in one.labels)
    for label in one.labels:
        subject = one.scene.subject(label.subject)
        assert subject is not None
        assert (label.kind, label.count) == (subject.kind, int(subject.count))
        assert counted[label.subject] == label.count
        assert (nearest_hue(subject.hue) if subject.hue else "") == label.hue
    assert scene(one.genome).subjects[0].kind == one.labels[0].kind or len(one.scene.subjects) > 1
    assert Counter(c.language for c in one.captions) == {"en": 5, "de": 1, "es": 1, "fr": 1}


@pytest.mark.parametrize("kind", ["horse", "fish", "tree"])
def test_a_box_holds_what_a_body_changes_and_little_more(kind: str) -> None:
    """A body is taken off the stage: what changed lies in its box, and reaches its sides."""
    drawn = Scene((Subject("s1", kind, 3, motion="sway"),), "paper", "dawn", 4)
    stage = staged(drawn, Film(96, 96, 2.0, 12, 24))
    (body,) = stage.actors
    rest = replace(stage, placed=tuple(p for p in stage.placed if p.what is not body))
    with_body, found = PlainPicture(stage).frame(12)
    without, none = PlainPicture(rest).frame(12)
    assert not none and found == boxes(stage, 12)
    rows, columns = np.nonzero((with_body != without).any(-1))
    changed = (columns.min(), rows.min(), columns.max() + 1, rows.max() + 1)
    assert np.abs(np.array(changed) - np.array(found[body.key])).max() <= 3


def test_names_counts_places_and_palettes_come_evenly() -> None:
    many = len(names())
    plans = [plan(2, number) for number in range(many)]
    shown = {thing.row for planned in plans for thing in planned.things}
    assert shown == set(names())
    alone = Counter(p.things[0].count for p in plans if len(p.things) == 1)
    assert set(alone) == set(range(1, 10))
    for found in (Counter(p.setting for p in plans), Counter(p.palette for p in plans)):
        assert max(found.values()) - min(found.values()) <= 1
    assert set(settings()) >= {p.setting for p in plans} and len({p.setting for p in plans}) >= 12
    assert len({p.relation for p in plans}) >= 10 and len({p.act for p in plans}) >= 8


def said(drawn: Scene) -> list[tuple[str, int, str]]:
    return sorted(
        (s.kind, int(s.count), nearest_hue(s.hue) if s.hue is not None else "")
        for s in drawn.subjects
    )


def test_captions_read_again_give_the_same_things() -> None:
    for number in range(READ_AGAIN):
        planned = plan(1, number)
        want = sorted((thing.kind, thing.count, thing.hue) for thing in planned.things)
        for caption in captions(planned, Stream(f"data/1/{number}/words")):
            assert said(read(caption.text, 1).scene) == want, caption


def test_nouns_take_number_gender_and_case() -> None:
    assert phrase("en", "fish", 1, "orange") == "an orange fish"
    assert phrase("de", "horse", 3, "white", "dative") == "drei weißen Pferden"
    assert phrase("de", "bear", 1, "pink", "accusative") == "einen rosa Bären"
    assert phrase("es", "house", 2, "red") == "dos casas rojas"
    assert phrase("fr", "house", 1, "green") == "une maison verte"


def test_the_plain_style_is_flat() -> None:
    """Neighbouring pixels are mostly the very same colour; on printed paper they hardly ever are."""
    alike: list[float] = []
    for plain in (True, False):
        frame = example(4, 1, side=96, plain=plain).frames[0]
        alike.append(float((frame[:, 1:] == frame[:, :-1]).all(-1).mean()))
    assert alike[0] > 0.3 and alike[1] < 0.5 * alike[0]


@pytest.mark.parametrize("wrong", [{"seed": -1}, {"side": 8}, {"frames": 0}, {"start": -1}])
def test_what_cannot_be_drawn_is_refused(wrong: dict[str, int]) -> None:
    given = {"seed": 1} | wrong
    with pytest.raises(AskedWrong, match=next(iter(wrong))):
        next(examples(given.pop("seed"), **given))

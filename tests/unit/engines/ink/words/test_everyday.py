"""Everyday sentences in four languages: who does what, what is not done, what is crossed, held and compared."""

import pytest

from uncaged.engines.ink.places import present
from uncaged.engines.ink.scene import Subject
from uncaged.engines.ink.words import read
from uncaged.engines.ink.words.sentence import nearest_hue


def shown(text: str, clause: int = 0) -> list[str]:
    """Each subject of a clause in one line: how many, colour, kind, what it does, to whom."""
    scene = read(text, 1).scene.sequence[clause]
    return [_told(one) for one in scene.subjects]


def _told(one: Subject) -> str:
    parts = [str(int(one.count)) if one.count != 1 else ""]
    parts += [nearest_hue(one.hue) if one.hue is not None else "", one.kind]
    parts += [one.motion if one.motion != "still" else ""]
    parts += [one.posture if one.posture != "stand" else ""]
    parts += [one.gesture if one.gesture != "none" else ""]
    parts += [f"{one.relation} {one.to}" if one.to else ""]
    return " ".join(filter(None, parts))


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("a dog that does not bark", ["dog walk"]),
        ("the dog doesn't bark", ["dog walk"]),
        ("the dog does not sleep", ["dog"]),
        ("the cat doesn't want to come in", ["cat"]),
        ("a bird that doesn't fly", ["bird walk"]),
        ("a boy does not eat the cake", ["person walk", "cake"]),
        ("der Hund schläft nicht", ["dog"]),
        ("der Hund schläft nicht auf dem Sofa", ["dog sit on s2", "sofa"]),
        ("der Hund bellt nicht", ["dog walk"]),
        ("der Junge isst den Kuchen nicht", ["person walk", "cake"]),
        ("das Kind will nicht schlafen", ["person"]),
        ("el gato no duerme", ["cat"]),
        ("el perro no ladra", ["dog walk"]),
        ("le bébé ne dort pas", ["person"]),
        ("le chien n'aboie pas", ["dog walk"]),
        ("le chat ne dort pas sur le canapé", ["cat sit on s2", "sofa"]),
    ],
)
def test_what_is_not_done_is_not_drawn(text: str, lines: list[str]) -> None:
    assert shown(text) == lines


@pytest.mark.parametrize(
    "text",
    [
        "a dog enters a room, then the dog leaves",
        "a dog enters a room, then it goes out",
        "a dog enters a room, then it walks away",
        "a dog sits, then it runs away",
        "a dog sits, then it exits",
        "ein Hund sitzt, dann läuft er weg",
        "ein Hund sitzt, dann geht er hinaus",
        "un perro entra, luego el perro se va",
        "un perro entra, luego sale",
        "un chien entre, puis il sort",
        "un chien entre, puis le chien s'en va",
    ],
)
def test_who_goes_out_leaves_the_picture(text: str) -> None:
    assert shown(text, 1) == ["dog leave"]


def test_a_noun_that_looks_like_a_verb_stays_a_noun() -> None:
    assert shown("a tree with green leaves")[0].startswith("tree")
    assert shown("two bus stops") == ["2 signpost"]
    assert shown("a bus stops") == ["bus"]
    assert shown("the train leaves the station")[0] == "train leave"


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("a steam train crosses a bridge", ["train walk on s2", "bridge"]),
        ("a cat crosses the road", ["cat walk on s2", "road"]),
        ("a deer runs across a bridge", ["brown deer run on s2", "bridge"]),
        ("a bird flies across a bridge", ["bird fly over s2", "bridge"]),
        ("eine Katze überquert eine Brücke", ["cat walk on s2", "bridge"]),
        ("un gato cruza un puente", ["cat walk on s2", "bridge"]),
        ("un chat traverse un pont", ["cat walk on s2", "bridge"]),
        ("a truck drives over a bridge", ["truck walk on s2", "bridge"]),
    ],
)
def test_who_crosses_something_moves_on_it(text: str, lines: list[str]) -> None:
    assert shown(text) == lines


@pytest.mark.parametrize(
    "text",
    [
        "a dog as big as a house",
        "ein Hund so groß wie ein Haus",
        "un perro tan grande como una casa",
        "un chien aussi grand qu'une maison",
    ],
)
def test_as_big_as_is_as_high_in_the_picture(text: str) -> None:
    from uncaged.engines.ink.kinds import kinds

    dog, house = read(text, 1).scene.subjects
    assert (dog.kind, dog.relation, house.kind) == ("dog", "beside", "house")
    heights = [kinds()[one.kind].height * one.size for one in (dog, house)]
    assert heights[0] == pytest.approx(heights[1])


def test_larger_and_smaller_than() -> None:
    for text in ("a mouse bigger than a house", "eine Maus größer als ein Haus"):
        mouse, _ = read(text, 1).scene.subjects
        assert mouse.kind == "mouse" and mouse.size > 1.5
    (mouse, _) = read("una casa más pequeña que un ratón", 1).scene.subjects
    assert mouse.kind == "house" and mouse.size < 0.6


def test_a_mountain_like_a_sleeping_woman_is_her_outline_in_stone() -> None:
    (woman,) = read("a mountain like a sleeping woman", 1).scene.subjects
    assert (woman.kind, woman.posture, woman.material) == ("person", "sleep", "stone")
    assert woman.size > 1.3 and read("a mountain like a sleeping woman", 1).scene.scheme == "plain"


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("a brown bear touches a pink cactus", ["brown bear touch touching s2", "pink cactus"]),
        ("seven brown bears", ["7 brown bear walk"]),
        ("a blue whale", ["blue whale swim"]),
        ("nine yellow bells", ["9 yellow bell"]),
        (
            "zwei grüne Schränke neben einer grünen Scheune",
            ["2 green cupboard beside s2", "green barn"],
        ),
        ("ein weißer Anker", ["white anchor"]),
        ("un rey negro mira un pájaro", ["black person look facing s2", "bird fly"]),
        ("un chien face au chat", ["dog walk facing s2", "cat"]),
        ("un chien autour d'un arbre", ["dog walk around s2", "tree sway"]),
        ("un chien en face d'un arbre", ["dog walk front s2", "tree sway"]),
    ],
)
def test_colours_and_relations_find_their_nouns(text: str, lines: list[str]) -> None:
    assert [line.split() for line in shown(text)] == [line.split() for line in lines]


def test_an_instrument_is_played() -> None:
    assert shown("una mujer toca la guitarra")[0].startswith("person play")
    assert shown("una mujer toca el piano")[0].startswith("person play")
    assert shown("un niño toca al perro")[0] == "person touch touching s2"


@pytest.mark.parametrize(
    "text",
    [
        "a man with no hat",
        "a man without a hat",
        "ein Mann ohne Hut",
        "un hombre sin sombrero",
        "un homme sans chapeau",
    ],
)
def test_a_man_without_a_hat_is_the_man_bareheaded(text: str) -> None:
    reading = read(text, 1)
    man, hat = reading.scene.subjects
    assert (man.kind, hat.kind, hat.count, hat.relation) == ("person", "hat", 0.0, "carried")
    assert "without a hat" in reading.sentence and "hole" not in reading.sentence
    assert [one.kind for one in present(reading.scene)] == ["person"]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("a dog carries a bone in its mouth", ["dog hold", "bone held s1"]),
        ("ein Hund trägt einen Knochen im Maul", ["dog hold", "bone held s1"]),
        ("un perro lleva un hueso en la boca", ["dog hold", "bone held s1"]),
        ("un chien porte un os dans la gueule", ["dog hold", "bone held s1"]),
        ("a woman holds a basket on her head", ["person hold", "basket carried s1"]),
        ("a man with a bird on his shoulder", ["person walk hold", "bird carried s1"]),
        ("a man carries a ladder", ["person hold", "ladder held s1"]),
        ("a woman holds a flag", ["person hold", "flag held s1"]),
        ("a woman carries a baby", ["person hold", "person held s1"]),
        ("a man brings a letter", ["person hold", "letter held s1"]),
        ("a man with a red hat", ["person walk", "red hat carried s1"]),
    ],
)
def test_where_something_is_held(text: str, lines: list[str]) -> None:
    without_colour = [line.removeprefix("white ").replace("carry", "hold") for line in shown(text)]
    assert without_colour == lines


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("a cup and a newspaper on the table", ["cup on s3", "newspaper on s3", "table"]),
        ("a cat and a dog on a sofa", ["cat sit on s3", "dog sit on s3", "sofa"]),
        ("a table and three glasses", ["table", "3 glass on s1"]),
        ("a table with a cup", ["table", "cup on s1"]),
        ("a cup next to a table", ["cup beside s2", "table"]),
        ("a house with two windows", ["house"]),
        ("a house with a red door", ["house"]),
    ],
)
def test_things_stand_where_they_belong(text: str, lines: list[str]) -> None:
    assert shown(text) == lines


def test_windows_hang_in_a_room() -> None:
    for text in ("a window", "a door", "a grandmother by the window", "ein Fenster"):
        assert read(text, 1).scene.setting == "room"


def test_the_next_scene_is_in_the_same_place() -> None:
    text = "a man holds a flower, then he gives the flower to a woman, then they hug"
    for seed in range(6):
        scenes = read(text, seed).scene.sequence
        assert len({(one.setting, one.palette, one.horizon, one.disc) for one in scenes}) == 1
        flower = next(one for one in scenes[-1].subjects if one.kind == "flower")
        assert flower.relation == "held"


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("three pigeons sit on the roof of a church", ["3 bird sit on s2", "church"]),
        ("a cat on the roof", ["cat on s2", "house"]),
        ("un gato en el tejado", ["cat on s2", "house"]),
        ("un chat dort sur le toit de la maison", ["cat sleep on s2", "house"]),
        (
            "a farmer drives his tractor through the field",
            ["person sit on s2", "tractor walk", "field"],
        ),
        ("a green parrot talks to a sailor", ["green parrot give facing s2", "person walk"]),
        (
            "das Mädchen gibt dem Hund einen Apfel",
            ["person give facing s2", "dog walk", "apple held s1"],
        ),
        ("un homme pousse une brouette", ["person walk touch pushing s2", "cart walk"]),
        ("un homme joue au ballon", ["person play", "ball held s1"]),
        ("el perro persigue a un gato", ["dog run following s2", "cat"]),
        ("the man who holds an umbrella waves", ["person wave", "umbrella held s1"]),
        ("the cat that sleeps on the sofa is black", ["black cat sleep on s2", "sofa"]),
        ("die Katze auf dem Sofa ist schwarz", ["black cat sit on s2", "sofa"]),
        ("the fisherman catches nothing", ["person walk"]),
        ("a sleeping giant under a tree", ["person sleep under s2", "tree sway"]),
        ("a wet dog", ["dog walk"]),
    ],
)
def test_who_does_what_and_where(text: str, lines: list[str]) -> None:
    got = [line.removeprefix("red ") for line in shown(text)]
    assert got == lines


def test_a_tree_without_leaves_is_bare() -> None:
    for text in ("a tree without leaves", "ein Baum ohne Blätter", "un árbol sin hojas"):
        (tree,) = read(text, 1).scene.subjects
        assert (tree.kind, tree.form) == ("tree", "bare")


def test_nothing_in_a_room_is_an_empty_room() -> None:
    assert read("nothing in the room", 1).scene.subjects == ()


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (
            "an owl sits on a branch and watches a mouse",
            ["owl sit look on s2", "branch sway", "grey mouse walk facing s1"],
        ),
        (
            "a king sits on a throne and eats an apple",
            ["person sit eat on s2", "chair", "apple held s1"],
        ),
        (
            "the postman brings a letter and the dog barks",
            ["person hold", "letter held s1", "dog walk give"],
        ),
        ("ein Bär, der einen Fisch im Maul hält", ["brown bear hold", "fish held s1"]),
        ("ein Mädchen, das ein Buch liest", ["person read", "book held s1"]),
        ("die Sonne geht unter", ["sun sink"]),
        ("der Hund geht unter der Brücke", ["dog walk under s2", "bridge"]),
        ("la fille qui lit un livre sourit", ["person read", "book held s1"]),
        ("un poisson dans un verre d'eau", ["fish swim in s2", "glass"]),
        ("a bus stops in front of the school", ["bus front s2", "house"]),
        ("a queue of people", ["6 person walk"]),
        ("la nuit tombe", ["hill"]),
    ],
)
def test_several_deeds_in_one_sentence(text: str, lines: list[str]) -> None:
    assert [line.removeprefix("red ") for line in shown(text)] == lines


@pytest.mark.parametrize(
    ("text", "deed"),
    [
        ("la fille marche dans la rue", "walk"),
        ("un chien entre dans la chambre", "enter"),
        ("un chien courut", "run"),
        ("une femme cuisine", "walk work"),
        ("el pez nada", "swim"),
        ("la mujer cocina", "walk work"),
        ("un hombre se sienta", "sit"),
        ("die Frau betrat das Haus", "enter"),
        ("der Mann verschwand", "shrink"),
    ],
)
def test_common_verbs_in_their_forms(text: str, deed: str) -> None:
    assert shown(text)[0].split()[1:] == deed.split()

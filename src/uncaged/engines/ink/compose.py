"""A scene is set on its stage: the setting is built, subjects find their places, all is put in drawing order.

Knows no words and no pixels; the same scene and film give the same stage.
"""

from collections.abc import Mapping, Sequence

from uncaged.engines.ink.bonds import Bond, bonds, relate
from uncaged.engines.ink.casting import RIDING, Cast, cast
from uncaged.engines.ink.chart import bands, chart
from uncaged.engines.ink.clearing import cleared
from uncaged.engines.ink.colour import Palette, mix
from uncaged.engines.ink.costume import manner
from uncaged.engines.ink.implied import implied
from uncaged.engines.ink.numbers import Stream, clamp
from uncaged.engines.ink.places import legible, present, spots
from uncaged.engines.ink.scene import Scene
from uncaged.engines.ink.schemes import HORIZONS, PLACES, arranged
from uncaged.engines.ink.settings import CLOUDS, Disc, Ground, Layer, Setting, settings
from uncaged.engines.ink.settings.tabletop import tabletop
from uncaged.engines.ink.settings.weather import weather
from uncaged.engines.ink.space import Space, Spot
from uncaged.engines.ink.stage import Film, Placed, Stage
from uncaged.engines.ink.tangents import untangled

SKY_DEPTH, LAND_DEPTH, STAGE_DEPTH = 0.06, 0.5, 1.0
"""Depths at which actors of the sky, of the land and of the stage follow the camera."""

_SMALL, _FEW = 0.42, 6
"""Metres up to which a thing is put on a table, and how many of them."""

_LOST = 0.36
"""What is less high, in shorter sides, is lost where grass grows in front of it."""


def compose(scene: Scene, film: Film, palette: Palette) -> Stage:
    """The stage for a scene: its layers and actors, back to front.

    Any finite number in the scene draws something; a subject whose count is below 0.5 is left out.
    """
    setting = PLACES.get(scene.scheme, scene.setting)
    place = settings().get(setting) or settings()["paper"]
    side = 1 if scene.seed % 2 else -1
    ground = _ground(scene, film, palette)
    ground.side = side
    inversion = scene.dials.inversion
    found, bound = _settle(scene, _space(ground, place, side, inversion))
    _announce(ground, place, scene, found, bound)
    place.build(ground)
    if scene.scheme == "map":
        chart(ground, [(s.x, s.middle) for s in found.values()])
    elif scene.scheme == "frieze":
        bands(ground)
    if place.outdoors:
        weather(ground)
    elif scene.scheme in ("plain", "close", "wide") and _still_life(list(found.values())):
        tabletop(ground)
    space = _space(ground, place, side, inversion)
    found, bound = _settle(scene, space)
    actors = cast(scene, film, space, ground, found, bound)
    drawing = any(spot.subject.motion == "draw" for spot in found.values())
    placed = _interleaved(ground.layers, actors)
    made = cleared(Stage(film, scene, palette, ground, placed, drawing), bound)
    return untangled(made, bound) if scene.scheme in ("plain", "wide") else made


def _space(ground: Ground, place: Setting, side: int, inversion: float) -> Space:
    wet = place.outdoors and ground.weather.rain >= 0.3
    lowest = 0.0 if ground.horizon < 0 else 0.2
    horizon = clamp(ground.horizon, lowest * ground.height, 0.97 * ground.height)
    return Space(ground.width, ground.height, horizon, side, place, ground.palette, wet, inversion)


def _settle(scene: Scene, space: Space) -> tuple[dict[str, Spot], tuple[Bond, ...]]:
    """Where every subject goes, and the relations that hold."""
    subjects = implied(present(scene))
    bound = bonds(subjects)
    names = {name for bond in bound for name in (bond.a, bond.b)}
    stream = Stream(f"{scene.seed}/compose/shot")
    found = relate(spots(subjects, space, stream, names), bound, space)
    return legible(arranged(scene.scheme, found, space), space), bound


def _ground(scene: Scene, film: Film, palette: Palette) -> Ground:
    return Ground(
        stream=Stream(f"{scene.seed}/setting"),
        palette=palette,
        manner=manner(scene, palette, film.side),
        width=film.across,
        height=film.down,
        horizon=HORIZONS.get(scene.scheme, scene.horizon) * film.down,
        weather=scene.weather,
        silhouette=scene.mode == "silhouette",
    )


def _announce(
    ground: Ground,
    place: Setting,
    scene: Scene,
    found: Mapping[str, Spot],
    bound: Sequence[Bond],
) -> None:
    """Tells the setting who will come, before it is built: what flies, what shines, who needs ground to stand on."""
    subjects = list(found.values())
    ground.cloudless = any(one.kind == CLOUDS and one.count < 0.5 for one in scene.subjects)
    ground.cloudy = place.clouds and scene.weather.rain < 0.3 and not ground.cloudless
    ground.disc = scene.disc if place.discs and scene.disc >= 0.5 else 0.0
    tall = len(subjects) == 1 and subjects[0].count == 1 and subjects[0].kind.height >= 0.7
    written = any(spot.subject.letters for spot in subjects)
    ground.airy = tall or written or any(spot.domain in ("air", "sky") for spot in subjects)
    ground.disc = 0.0 if written else ground.disc
    riding = {bond.a for bond in bound if bond.relation in RIDING}
    ground.clear = tuple(
        (s.x, 0.6 * s.breadth * s.count)
        for s in subjects
        if s.size < _LOST and s.count <= _FEW and s.domain in ("ground", "water")
    )
    ground.walled = any("wall" in spot.kind.traits for spot in subjects)
    ground.shore = any(
        spot.domain in ("ground", "land") and spot.name not in riding for spot in subjects
    )
    light = next((s for s in subjects if "everywhere" in s.kind.traits), None)
    if light is not None and ground.disc == 0:  # a road of light will lie under it
        p = ground.palette
        colour = mix(p.light, p.b, 0.2 if "nightly" in light.kind.traits else 0.7)
        ground.disc_at = Disc(light.x, light.y, 0.33 * light.size, colour)


def _still_life(subjects: Sequence[Spot]) -> bool:
    """Whether one sort of small thing is all there is: it must lie on something of its size."""
    if len(subjects) != 1 or subjects[0].count > _FEW:
        return False
    kind = subjects[0].kind
    return kind.domain == "ground" and not (kind.alive or kind.plant) and kind.metres <= _SMALL


def _interleaved(layers: Sequence[Layer], actors: Sequence[Cast]) -> tuple[Placed, ...]:
    """Layers and actors in one order: sky, what hangs in it, far land, hills, near land, the rest, the foreground."""
    back = [layer for layer in layers if layer.depth < 0.3]
    middle = [layer for layer in layers if 0.3 <= layer.depth < 0.6]
    near = [layer for layer in layers if 0.6 <= layer.depth <= 1.0]
    front = [layer for layer in layers if layer.depth > 1.0]
    clear = next(
        (i for i, layer in enumerate(back) if layer.kind != "sky" and layer.depth > 0.05), len(back)
    )
    return (
        *_layers(back[:clear]),
        *_actors(actors, "sky", SKY_DEPTH),
        *_layers(back[clear:]),
        *_layers(middle),
        *_actors(actors, "land", LAND_DEPTH),
        *_layers(near),
        *_actors(actors, "stage", STAGE_DEPTH),
        *_layers(front),
    )


def _layers(layers: Sequence[Layer]) -> list[Placed]:
    return [Placed(layer.depth, layer) for layer in layers]


def _actors(actors: Sequence[Cast], plane: str, depth: float) -> list[Placed]:
    return [Placed(depth, c.actor) for c in actors if c.plane == plane]

"""`ink`: a drawing program after Harold Cohen's AARON. A scene as numbers becomes animated line and colour.

The order of work: words → scene (no pixels) → figures and setting over time (a display list, no pixels) →
hand (display list → paths, line, fill) → picture (layers, camera, caches) → frames.
"""

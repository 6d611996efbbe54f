"""Pyramid Flow: an open video model that draws a film frame after frame, each of them small, larger, full.

Our own implementation (Jin et al. 2024, arXiv 2410.05954). stages, history, latents, shapes and drawing are plain
arithmetic; layout, options and engine say what a folder can, and need no torch either. tokens, layers, blocks, miniflux
and mmdit are the two transformers, words and answering ask them; vae and tiling are the coder of films. weights and
networks open what was published, performing makes a film of a score, twin writes a tiny model.
"""

"""Pyramid Flow: an open video model that draws a film frame after frame, each of them small, larger, full.

Our own implementation (Jin et al. 2024, arXiv 2410.05954). stages, history, latents, shapes and drawing are plain
arithmetic. tokens, layers, blocks, miniflux and mmdit are the two transformers, answering asks them; vae and tiling
are the coder of films; weights opens what was published, twin writes a tiny one. Only these import torch.
"""

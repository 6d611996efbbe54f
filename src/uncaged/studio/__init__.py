"""Floor 5: the flows. What happens, in which order, from a sentence to a kept work and out again."""

"""The peer of `engines.py`: the stock pipeline of diffusers, a process that opens a model and makes films.

Prints, as JSON: seconds until it was open; of each film a step, what came after the last, and all; of the first with
everything before it; and the bytes at their peak. With a compiler the first film takes what compiling takes.
"""

import json
import resource
import sys
import time
from typing import Any

BEGAN = time.monotonic()


def main() -> None:
    """Arguments: folder, text, frames, width, height, steps, films, threads, and what compiles, or nothing."""
    import torch  # what this takes is a part of what a process costs
    from diffusers import DiffusionPipeline
    from diffusers.utils import logging

    folder, text = sys.argv[1:3]
    frames, width, height, steps, films, threads = map(int, sys.argv[3:9])
    compiler = sys.argv[9]
    torch.set_num_threads(threads)
    logging.set_verbosity_error()
    logging.disable_progress_bar()
    card = torch.cuda.is_available()
    dtype = torch.bfloat16 if card else torch.float32
    pipe: Any = DiffusionPipeline.from_pretrained(folder, torch_dtype=dtype)
    pipe = pipe.to("cuda" if card else "cpu")
    pipe.set_progress_bar_config(disable=True)
    if compiler:  # by its layers where its library says which they are, else as a whole
        net = pipe.transformer
        (net.compile_repeated_blocks if net._repeated_blocks else net.compile)(backend=compiler)
    found: dict[str, Any] = {"open": time.monotonic() - BEGAN, "films": []}
    for _number in range(films):
        marks = [time.monotonic()]

        def step(
            _pipe: Any, _number: int, _time: Any, kept: Any, marks: list[float] = marks
        ) -> Any:
            if card:
                torch.cuda.synchronize()
            marks.append(time.monotonic())
            return kept

        pipe(
            text,
            num_frames=frames,
            width=width,
            height=height,
            num_inference_steps=steps,
            guidance_scale=6.0,
            generator=torch.Generator().manual_seed(1),
            output_type="np",
            callback_on_step_end=step,
        )
        ended = time.monotonic()
        found["films"].append(
            {
                "step": (marks[-1] - marks[1]) / (steps - 1),
                "after": ended - marks[-1],
                "all": ended - marks[0],
            }
        )
        found.setdefault("cold", ended - BEGAN)
    kept = 1024 * resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    found["memory"] = torch.cuda.max_memory_allocated() if card else kept
    print(json.dumps(found))


main()

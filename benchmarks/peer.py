"""The peer of some benchmarks: a Gradio app with a queue, in a Python of its own that has it."""

import contextlib
import os
import subprocess
from collections.abc import Iterator

from crowd import Server, until_it_answers

GRADIO = """
import time, gradio
def job(text):
    time.sleep(0.05)
    return text
with gradio.Blocks() as app:
    a, b = gradio.Textbox(), gradio.Textbox()
    a.submit(job, a, b, concurrency_limit=1)
app.queue(max_size=None).launch(server_name="127.0.0.1", server_port={port}, quiet=True, show_error=False)
"""


@contextlib.contextmanager
def gradio(python: str, port: int = 8791) -> Iterator[Server]:
    """The peer, with one job at a time."""
    process = subprocess.Popen(
        [python, "-c", GRADIO.format(port=port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=os.environ | {"GRADIO_ANALYTICS_ENABLED": "False"},
    )
    try:
        until_it_answers(port, "/config")
        yield Server(port, process.pid)
    finally:
        process.kill()
        process.wait(60)

"""The container file, compose and the proxies' recipes: no image is built here, so they are held to the code."""

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from uncaged.cli.door import open_command
from uncaged.cli.serving import serve_command

ROOT = Path(__file__).parents[3]


def instructions() -> list[tuple[str, str]]:
    """Each instruction of the Containerfile, its lines joined."""
    text = (ROOT / "Containerfile").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    joined = re.sub(r"\\\n\s*", " ", "\n".join(lines))
    return [tuple(line.split(None, 1)) for line in joined.splitlines() if line.strip()]  # pyright: ignore[reportReturnType] - two parts, as each line of such a file has


def of(word: str) -> list[str]:
    return [rest for name, rest in instructions() if name == word]


def test_the_file_says_what_every_container_file_must() -> None:
    known = (
        "FROM WORKDIR COPY RUN ENV VOLUME EXPOSE USER HEALTHCHECK STOPSIGNAL ENTRYPOINT CMD".split()
    )
    assert {name for name, _ in instructions()} <= set(known)
    for base in of("FROM"):
        image = base.split()[0]
        assert re.fullmatch(r"docker\.io/library/debian:\d+\.\d+-slim", image), image  # pinned
    assert len(of("FROM")) == 2
    assert of("USER") == ["1000:1000"]
    names = [name for name, _ in instructions()]
    assert names.index("USER") < names.index("ENTRYPOINT")
    assert "RUN" not in names[names.index("USER") :]  # nothing is done as root afterwards
    assert of("VOLUME") == ["/data"] and "UNCAGED_HOME=/data" in of("ENV")[0]
    assert "doctor" in of("HEALTHCHECK")[0] and "--pages" in of("HEALTHCHECK")[0]


def test_the_port_is_the_one_that_serve_listens_on() -> None:
    (port,) = of("EXPOSE")
    for command in (serve_command, open_command):
        (option,) = [p for p in command.params if p.name == "port"]
        assert str(option.default) == port
    assert f"PORT={port}" in of("ENV")[0]
    for name in ("Caddyfile", "nginx.conf"):
        assert f"127.0.0.1:{port}" in (ROOT / "container" / name).read_text(encoding="utf-8")


def test_what_is_copied_exists_and_is_let_in() -> None:
    lets_in = (ROOT / ".containerignore").read_text(encoding="utf-8").split("\n")
    assert "*" in lets_in
    for copied in of("COPY"):
        words = copied.split()
        if words[0].startswith("--from=build"):
            continue
        for source in words[:-1]:
            assert (ROOT / source).exists(), source
            assert f"!{source.split('/')[0]}" in lets_in, source
    for line in lets_in:
        if line.startswith("!"):
            assert (ROOT / line[1:]).exists(), line


def test_scripts_are_whole() -> None:
    for script in sorted((ROOT / "container").glob("*.sh")):
        text = script.read_text(encoding="utf-8")
        assert text.startswith("#!/bin/sh\n# ") and "\nset -eu\n" in text, script
        subprocess.run(["sh", "-n", str(script)], check=True)
        assert re.search(r"(password|secret|token)\s*=\s*\S", text, re.IGNORECASE) is None


def test_commands_of_the_start_exist() -> None:
    from uncaged.cli.main import COMMANDS

    text = (ROOT / "container" / "start.sh").read_text(encoding="utf-8")
    for command in re.findall(r"\buncaged ([a-z]+)", text):
        assert command in COMMANDS, command


def test_compose_is_whole() -> None:
    said: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
    studio, proxy = said["services"]["studio"], said["services"]["proxy"]
    assert (ROOT / studio["build"]["dockerfile"]).is_file()
    assert "ports" not in studio  # only the proxy is reached from outside
    assert (
        studio["expose"] == of("EXPOSE") and studio["cap_drop"] == ["ALL"] and studio["read_only"]
    )
    assert studio["environment"]["PROXIES"] == proxy["networks"]["house"]["ipv4_address"]
    assert proxy["environment"]["UPSTREAM"] == f"studio:{of('EXPOSE')[0]}"
    assert re.fullmatch(r"docker\.io/library/caddy:\d+\.\d+\.\d+-alpine", proxy["image"])
    for mount in (*studio["volumes"], *proxy["volumes"]):
        source = mount.split(":")[0]
        assert (ROOT / source).exists() if source.startswith(".") else source in said["volumes"]
    start = (ROOT / "container" / "start.sh").read_text(encoding="utf-8")
    for name in studio["environment"]:
        assert name in start, name


def test_nginx_takes_its_recipe(tmp_path: Path) -> None:
    nginx = shutil.which("nginx") or "/usr/sbin/nginx"
    text = (ROOT / "container" / "nginx.conf").read_text(encoding="utf-8")
    for need in ("proxy_buffering off", "X-Forwarded-For $remote_addr", "client_max_body_size 70m"):
        assert need in text
    assert text.count("{") == text.count("}")
    if not Path(nginx).is_file():
        return  # read above; taken by the program itself where it is there
    pair = tmp_path / "c.pem", tmp_path / "k.pem"
    subprocess.run(
        (
            "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 1 "
            f"-subj /CN=x -out {pair[0]} -keyout {pair[1]}"
        ).split(),
        check=True,
        capture_output=True,
    )
    text = re.sub(r"/etc/letsencrypt\S+fullchain.pem", str(pair[0]), text)
    text = re.sub(r"/etc/letsencrypt\S+privkey.pem", str(pair[1]), text)
    whole = f"pid {tmp_path}/pid;\nerror_log {tmp_path}/log;\nevents {{}}\nhttp {{\n{text}\n}}\n"
    (tmp_path / "nginx.conf").write_text(whole)
    done = subprocess.run(
        [nginx, "-t", "-c", str(tmp_path / "nginx.conf")], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr


def test_caddy_takes_its_recipe() -> None:
    text = (ROOT / "container" / "Caddyfile").read_text(encoding="utf-8")
    for need in ("flush_interval -1", "max_size 70MB"):
        assert need in text
    caddy = shutil.which("caddy")
    if caddy is None:
        return  # read above; taken by the program itself where it is there
    done = subprocess.run(
        [caddy, "adapt", "--adapter", "caddyfile", "--config", str(ROOT / "container/Caddyfile")],
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("name", ["container/start.sh", "compose.yaml"])
def test_nothing_of_this_machine_is_in_them(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert str(ROOT) not in text and "/home/" not in text and "localhost" not in text

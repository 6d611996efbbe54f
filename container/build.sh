#!/bin/sh
# The package in an environment of its own at /opt/uncaged, in exactly the versions of constraints.txt.
set -eu

python3 -m venv /opt/uncaged
/opt/uncaged/bin/pip install -q --no-cache-dir --disable-pip-version-check --constraint constraints.txt .
/opt/uncaged/bin/pip uninstall -q -y pip setuptools
/opt/uncaged/bin/python -m compileall -q /opt/uncaged/lib
/opt/uncaged/bin/uncaged --version

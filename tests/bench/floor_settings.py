"""The program's own settings, with the bare views of `floor.py` among its addresses."""

from config.settings import *  # noqa: F403, TID251 - all of them

ROOT_URLCONF = "tests.bench.floor"

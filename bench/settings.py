"""The settings of the product, and one more address: the bare view that is a yardstick."""

from governance.settings import *  # noqa: F403

ROOT_URLCONF = "bench.urls"

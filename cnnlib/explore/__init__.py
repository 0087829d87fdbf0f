"""The demos: `explore_*` functions that wire controls to a pure function and show its result."""

from cnnlib.explore.convolution import explore_convolution
from cnnlib.explore.filters import explore_filters

__all__ = ["explore_convolution", "explore_filters"]

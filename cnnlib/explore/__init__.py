"""The demos: `explore_*` functions that wire controls to a pure function and show its result."""

from cnnlib.explore.activation import explore_activation
from cnnlib.explore.adc import explore_adc
from cnnlib.explore.apple import explore_apple
from cnnlib.explore.architecture import explore_architecture
from cnnlib.explore.backprop import explore_backprop
from cnnlib.explore.bits import explore_arithmetic, explore_byte
from cnnlib.explore.borders import explore_borders
from cnnlib.explore.bright_pixel import explore_bright_pixel
from cnnlib.explore.certainty import explore_certainty
from cnnlib.explore.channels import explore_channels
from cnnlib.explore.collapse import explore_collapse
from cnnlib.explore.connections import explore_connections
from cnnlib.explore.conversion import explore_conversion
from cnnlib.explore.equivariance import explore_equivariance
from cnnlib.explore.filter_bank import explore_filter_bank
from cnnlib.explore.filters import explore_filters
from cnnlib.explore.flip import explore_flip
from cnnlib.explore.fooling import explore_fooling
from cnnlib.explore.geometry import explore_geometry
from cnnlib.explore.jitter import explore_jitter
from cnnlib.explore.layer import explore_layer
from cnnlib.explore.learned import explore_learned
from cnnlib.explore.light import explore_sampling, explore_sensor
from cnnlib.explore.maps import explore_ripple, explore_shift, explore_two_kernels
from cnnlib.explore.matching import explore_matching
from cnnlib.explore.mistakes import explore_mistakes
from cnnlib.explore.network import explore_network
from cnnlib.explore.one_filter import explore_filter
from cnnlib.explore.own_kernel import explore_own_kernel
from cnnlib.explore.paper import explore_print
from cnnlib.explore.parameters import explore_parameters
from cnnlib.explore.pixels import explore_pixels
from cnnlib.explore.pool_order import explore_pool_order
from cnnlib.explore.pool_shift import explore_pool_shift
from cnnlib.explore.probabilities import explore_softmax
from cnnlib.explore.regression import explore_regression
from cnnlib.explore.responses import explore_edge_or_line, explore_match, explore_range
from cnnlib.explore.shuffle import explore_shuffle
from cnnlib.explore.sound import explore_echo
from cnnlib.explore.stack import explore_stack
from cnnlib.explore.stages import explore_layer_shapes
from cnnlib.explore.start import explore_start
from cnnlib.explore.strided import explore_strided
from cnnlib.explore.style import explore_style
from cnnlib.explore.text import explore_text
from cnnlib.explore.timeline import explore_timeline
from cnnlib.explore.training_size import explore_training_size
from cnnlib.explore.transfer import explore_transfer
from cnnlib.explore.units import explore_units
from cnnlib.explore.video import explore_video
from cnnlib.lessons.l02_pixels_channels_bytes.index import explore_index
from cnnlib.lessons.l03_a_kernel_slides.convolution import explore_convolution
from cnnlib.lessons.l09_pooling_and_shifting.pooling import explore_pooling
from cnnlib.lessons.l11_train_a_small_cnn.cross_entropy import explore_cross_entropy
from cnnlib.lessons.l11_train_a_small_cnn.kernel_learning import explore_kernel_learning
from cnnlib.lessons.l11_train_a_small_cnn.training import explore_training

__all__ = [
    "explore_activation",
    "explore_adc",
    "explore_apple",
    "explore_architecture",
    "explore_arithmetic",
    "explore_backprop",
    "explore_borders",
    "explore_bright_pixel",
    "explore_byte",
    "explore_certainty",
    "explore_channels",
    "explore_collapse",
    "explore_connections",
    "explore_conversion",
    "explore_convolution",
    "explore_cross_entropy",
    "explore_echo",
    "explore_edge_or_line",
    "explore_equivariance",
    "explore_filter",
    "explore_filter_bank",
    "explore_filters",
    "explore_flip",
    "explore_fooling",
    "explore_geometry",
    "explore_index",
    "explore_jitter",
    "explore_kernel_learning",
    "explore_layer",
    "explore_layer_shapes",
    "explore_learned",
    "explore_match",
    "explore_matching",
    "explore_mistakes",
    "explore_network",
    "explore_own_kernel",
    "explore_parameters",
    "explore_pixels",
    "explore_pool_order",
    "explore_pool_shift",
    "explore_pooling",
    "explore_print",
    "explore_range",
    "explore_regression",
    "explore_ripple",
    "explore_sampling",
    "explore_sensor",
    "explore_shift",
    "explore_shuffle",
    "explore_softmax",
    "explore_stack",
    "explore_start",
    "explore_strided",
    "explore_style",
    "explore_text",
    "explore_timeline",
    "explore_training",
    "explore_training_size",
    "explore_transfer",
    "explore_two_kernels",
    "explore_units",
    "explore_video",
]

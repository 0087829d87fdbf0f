"""Predict, commit, then see; checks that name the mistake, not the answer; answers kept between visits."""

from cnnlib.exercises.checks01 import check_codes, check_quantize
from cnnlib.exercises.checks02 import (
    check_binary,
    check_flat_index,
    check_pixel,
    check_shape,
    check_to_gray,
)
from cnnlib.exercises.checks03 import check_shift_kernel, check_slide
from cnnlib.exercises.checks04 import (
    check_display,
    check_kernel_sums,
    check_line_detector,
    check_normalise,
    check_sharpen,
)
from cnnlib.exercises.checks05 import check_convolve, check_echo, check_flip, check_mirror, check_modes
from cnnlib.exercises.checks06 import check_out_size
from cnnlib.exercises.checks07 import check_compose, check_relu, check_zero_mean
from cnnlib.exercises.checks08 import check_count, check_layer, check_response
from cnnlib.exercises.checks09 import (
    check_avg_pool,
    check_max_pool,
    check_pooled_layer,
    check_strided_kernel,
)
from cnnlib.exercises.checks10 import check_counts, check_fields
from cnnlib.exercises.checks11 import (
    check_cross_entropy,
    check_flatten_backward,
    check_gradient,
    check_loss_gradient,
    check_relu_backward,
    check_softmax,
    check_update,
)
from cnnlib.exercises.checks11_training import (
    check_learned_kernel,
    check_losses,
    check_model,
    check_report,
    check_split,
)
from cnnlib.exercises.checks12 import check_climb, check_covering, check_gram, check_sizes
from cnnlib.exercises.feedback import Feedback
from cnnlib.exercises.predict import predict
from cnnlib.exercises.predictions import commit, get_prediction, previous
from cnnlib.exercises.progress import progress
from cnnlib.exercises.questions import Number, Prediction
from cnnlib.exercises.registry import EXERCISES
from cnnlib.exercises.values import check_number

__all__ = [
    "EXERCISES",
    "Feedback",
    "Number",
    "Prediction",
    "check_avg_pool",
    "check_binary",
    "check_climb",
    "check_codes",
    "check_compose",
    "check_convolve",
    "check_count",
    "check_counts",
    "check_covering",
    "check_cross_entropy",
    "check_display",
    "check_echo",
    "check_fields",
    "check_flat_index",
    "check_flatten_backward",
    "check_flip",
    "check_gradient",
    "check_gram",
    "check_kernel_sums",
    "check_layer",
    "check_learned_kernel",
    "check_line_detector",
    "check_loss_gradient",
    "check_losses",
    "check_max_pool",
    "check_mirror",
    "check_model",
    "check_modes",
    "check_normalise",
    "check_number",
    "check_out_size",
    "check_pixel",
    "check_pooled_layer",
    "check_quantize",
    "check_relu",
    "check_relu_backward",
    "check_report",
    "check_response",
    "check_shape",
    "check_sharpen",
    "check_shift_kernel",
    "check_sizes",
    "check_slide",
    "check_softmax",
    "check_split",
    "check_strided_kernel",
    "check_to_gray",
    "check_update",
    "check_zero_mean",
    "commit",
    "get_prediction",
    "predict",
    "previous",
    "progress",
]

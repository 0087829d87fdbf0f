"""A small convolutional network that can be read: layers, losses, optimisers, training, data."""

from cnnlib.nn.activations import LeakyReLU, ReLU, Sigmoid, Tanh
from cnnlib.nn.conv import Conv2D, PlainConv2D
from cnnlib.nn.datasets import digits, faces, fashion_mnist, mnist, pictograms, shapes
from cnnlib.nn.dense import Dense, Dropout, Flatten
from cnnlib.nn.drawn import centre_digit
from cnnlib.nn.explaining import occlusion_map, saliency, top_patches
from cnnlib.nn.files import load, save
from cnnlib.nn.fooling import fool
from cnnlib.nn.gradient import GradientMismatch, gradient_check
from cnnlib.nn.handwriting import letters
from cnnlib.nn.layers import Layer
from cnnlib.nn.local import LocallyConnected2D
from cnnlib.nn.losses import mean_squared_error, softmax_cross_entropy
from cnnlib.nn.measures import confusion_matrix, smooth
from cnnlib.nn.model import Sequential
from cnnlib.nn.optimisers import SGD, Adam
from cnnlib.nn.pooling import AvgPool2D, GlobalAvgPool2D, MaxPool2D
from cnnlib.nn.pretrained import LENET_ACCURACY, lenet, pretrained_lenet
from cnnlib.nn.runs import Run
from cnnlib.nn.splits import Dataset, Split
from cnnlib.nn.style import match_gram
from cnnlib.nn.training import Step, TrainingDiverged, batches, random_shift, train

__all__ = [
    "LENET_ACCURACY",
    "SGD",
    "Adam",
    "AvgPool2D",
    "Conv2D",
    "Dataset",
    "Dense",
    "Dropout",
    "Flatten",
    "GlobalAvgPool2D",
    "GradientMismatch",
    "Layer",
    "LeakyReLU",
    "LocallyConnected2D",
    "MaxPool2D",
    "PlainConv2D",
    "ReLU",
    "Run",
    "Sequential",
    "Sigmoid",
    "Split",
    "Step",
    "Tanh",
    "TrainingDiverged",
    "batches",
    "centre_digit",
    "confusion_matrix",
    "digits",
    "faces",
    "fashion_mnist",
    "fool",
    "gradient_check",
    "lenet",
    "letters",
    "load",
    "match_gram",
    "mean_squared_error",
    "mnist",
    "occlusion_map",
    "pictograms",
    "pretrained_lenet",
    "random_shift",
    "saliency",
    "save",
    "shapes",
    "smooth",
    "softmax_cross_entropy",
    "top_patches",
    "train",
]

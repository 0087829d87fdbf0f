"""The ImageNet challenge, 2010 to 2017: who won, with how many errors, and how large a network."""

from typing import NamedTuple


class Entry(NamedTuple):
    """One entry of the challenge's classification task.

    Attributes
    ----------
    year : int
    name : str
    place : int
    error : float
        Top-5 error in percent: of all test pictures, those whose class is not among five guesses of 1,000.
    parameters : int or None
        Of one network of the entry, where its authors or torchvision say it.
    how : str
        What made the guesses.
    source : str
        Of the error; the results of a year are on image-net.org.
    """

    year: int
    name: str
    place: int
    error: float
    parameters: int | None
    how: str
    source: str


# In percent, of one trained person: Russakovsky et al. (2015), ImageNet large scale visual recognition
# challenge.
PERSON = 5.1
_RESULTS = "image-net.org, results of ILSVRC {}"
_BY_HAND = "features made by hand"

IMAGENET = (
    Entry(2010, "NEC-UIUC", 1, 28.2, None, _BY_HAND, _RESULTS.format(2010)),
    Entry(2011, "XRCE", 1, 25.8, None, _BY_HAND, _RESULTS.format(2011)),
    Entry(2012, "ISI", 2, 26.2, None, _BY_HAND, _RESULTS.format(2012)),
    Entry(
        *(2012, "AlexNet", 1, 15.3, 60_000_000, "convolutional networks, also with further pictures"),
        "Krizhevsky, Sutskever and Hinton (2012), ImageNet classification with deep convolutional "
        "neural networks",
    ),
    Entry(2013, "Clarifai", 1, 11.7, None, "convolutional networks", _RESULTS.format(2013)),
    Entry(
        *(2014, "VGG", 2, 7.3, 138_357_544, "convolutional networks"),
        "Simonyan and Zisserman (2015), Very deep convolutional networks for large-scale image recognition",
    ),
    Entry(
        *(2014, "GoogLeNet", 1, 6.67, 6_624_904, "convolutional networks"),
        "Szegedy et al. (2015), Going deeper with convolutions",
    ),
    Entry(
        *(2015, "ResNet-152", 1, 3.57, 60_192_808, "residual networks"),
        "He, Zhang, Ren and Sun (2016), Deep residual learning for image recognition",
    ),
    Entry(2016, "Trimps-Soushen", 1, 2.99, None, "several kinds of networks", _RESULTS.format(2016)),
    Entry(
        *(2017, "SENet", 1, 2.25, None, "residual networks that weigh their channels"),
        "Hu, Shen and Sun (2018), Squeeze-and-excitation networks",
    ),
)

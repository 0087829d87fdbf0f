"""What every demo shares: the PixelGrid widget, the demo frame, and pictures for pages without a kernel."""

import os

# ipywidgets sends each move of a slider back to the page that made it, before the picture that answers it.
# A message less is felt under the hand; only a second tab on the same kernel would miss the echo.
os.environ.setdefault("JUPYTER_WIDGETS_ECHO", "0")

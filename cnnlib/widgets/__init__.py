"""What every demo shares: the PixelGrid widget, the demo frame, and pictures for pages without a kernel."""

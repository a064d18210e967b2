"""Programs that measure how fast tolltale is; run from the checkout, see README.md."""

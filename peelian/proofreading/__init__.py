"""A document checked before it goes out: what a careful reader would find, with its place."""

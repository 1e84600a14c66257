"""The portal itself: settings, wiring, sign-in, the shared page furniture, the embedded services."""

"""Fields, declared once: what they say of themselves, their paths, and their faults."""

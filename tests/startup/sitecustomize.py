"""Spares a process that imports Keras nearly all of its search for garbage.

Keras and its backend are some hundred thousand objects, and stay to the end. Python
looks through them dozens of times while they are imported, and once more as it ends.
"""

import atexit
import gc

gc.set_threshold(50_000, 20, 100)
atexit.register(gc.freeze)

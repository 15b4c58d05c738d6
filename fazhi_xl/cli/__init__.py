"""The two commands: options, exit statuses, what is printed; no logic."""

import atexit
import gc

# Nearly all that a run makes lives to its end; looking for garbage in it at the usual pace takes a fifth of the time.
RARE_COLLECTIONS = 1_000_000, 50, 50
gc.set_threshold(*RARE_COLLECTIONS)
atexit.register(gc.freeze)  # and at the end, nothing of it has to be looked through

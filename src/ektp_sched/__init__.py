"""Plan the visits of mobile e-KTP recording teams to schools.

The public names stand in ``__init__.pyi``, for editors and for lazy-loader, which imports each when
it is first used: ``import ektp_sched`` alone is quick.
"""

import logging
from importlib.metadata import version

import lazy_loader

__version__ = version("ektp-sched")
__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)

logging.getLogger(__name__).addHandler(logging.NullHandler())

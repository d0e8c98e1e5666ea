"""
The marker of an argument that was not given.
"""

from __future__ import annotations

import copy
import pickle

from imagekit_async import UNSET


def test_the_marker():
    """`UNSET` is false, shows its name, and stays itself when it is copied and pickled."""
    assert not UNSET
    assert "UNSET" == repr(UNSET)
    assert UNSET is copy.deepcopy(UNSET) is pickle.loads(pickle.dumps(UNSET))

"""The library by itself: what importing it brings along."""

import subprocess
import sys


def test_the_library_is_imported_without_django_or_the_slower_libraries():
    """An analyst's script starts at once, and needs no site to be set up."""
    told = (
        "import sys, peelian.analysis; print({'django', 'scipy', 'statsmodels'} & {*sys.modules})"
    )
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"

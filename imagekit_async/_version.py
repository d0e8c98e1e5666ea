"""
The package's version, written once.
"""

__version__ = "0.1.0"
"""
Version of the installed package.
"""

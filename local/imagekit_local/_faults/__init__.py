"""
Faults: failures on purpose.
"""

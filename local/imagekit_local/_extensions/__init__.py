"""
Extensions: what they may be asked for, saved ones, and what they make of a file.
"""

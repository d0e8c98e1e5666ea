"""
Technical metadata of stored and delivered images.
"""

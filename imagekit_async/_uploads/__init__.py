"""
What a caller may pass as `file=`, turned into bytes on the wire without holding the file in memory.

Knows nothing of the API or of the client; the generated operations and the client build on it.
"""

"""
The language of search queries and of upload checks: parse it, bind it to fields, evaluate it.
"""

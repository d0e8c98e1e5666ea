"""
The language of search queries and of the checks of uploads: parsed, held to the fields there are, and put to use.
"""

"""
Control of the local ImageKit over HTTP, for tests in any language.
"""

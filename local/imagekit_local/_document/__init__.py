"""
The OpenAPI document that the server follows: which operations there are, and examples of their responses.
"""

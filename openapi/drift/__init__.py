"""
Compares two OpenAPI documents by what a client can notice, whatever their structure.
"""
